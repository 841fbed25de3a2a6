"""What was sent is remembered for a day."""

from datetime import date, timedelta

import pytest

from pingyi.ui import sendings
from pingyi.ui.models import Sending

TODAY = date(2011, 6, 1)


@pytest.mark.django_db
def test_what_was_sent_before_yesterday_is_forgotten() -> None:
    for days in range(4):
        sent_on = TODAY - timedelta(days=days)
        Sending.objects.create(key=str(days), sent_on=sent_on, led_to="/")
    assert sendings.forget(TODAY) == 2
    assert sorted(Sending.objects.values_list("key", flat=True)) == ["0", "1"]
