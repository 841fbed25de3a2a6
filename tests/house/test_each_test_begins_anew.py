"""What one test switches on, the next one does not find (tests/conftest.py)."""

import pytest
from django.conf import settings
from django.utils import timezone, translation


@pytest.mark.parametrize("turn", [1, 2])
def test_language_zone_and_settings_are_those_of_the_suite(turn: int) -> None:
    assert translation.get_language() == "zh-hans"
    assert timezone.get_current_timezone_name() == "Asia/Shanghai"
    assert settings.OTP_TOTP_ISSUER == "pingyi"
    translation.activate("en")
    timezone.activate("UTC")
    settings.OTP_TOTP_ISSUER = "another"
