"""Each refusal of this room has its own code; the code of a first start belongs to one machine."""

from typing import Any

import pytest

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign
from pingyi.core.refusals import Refusal
from pingyi.web.permissions import start_code, why_not_start, why_not_supervise


def code(refusal: Refusal | None) -> str | None:
    return refusal and refusal.code


def test_a_member_does_not_supervise(
    member_user: User, inspector_user: User, planned_campaign: Campaign
) -> None:
    assert code(why_not_supervise(member_user, planned_campaign)) == "not_a_supervisor"
    assert why_not_supervise(inspector_user, planned_campaign) is None


@pytest.mark.django_db
def test_a_first_start_from_elsewhere_needs_the_code() -> None:
    assert code(why_not_start("", is_local=False)) == "start_code"
    assert why_not_start(start_code(), is_local=False) is None


def test_whoever_has_an_account_starts_no_second_time(office_user: User) -> None:
    assert code(why_not_start(start_code(), is_local=True)) == "already_started"


def test_a_printed_code_is_short_and_holds_on_its_machine_only(settings: Any) -> None:
    """It stays what it was when the server starts again, a newer release too."""
    settings.SECRET_KEY = "kept on this machine"
    assert start_code() == "beec9a1ffb"
    settings.SECRET_KEY = "kept on another"
    assert start_code() != "beec9a1ffb"
