"""What the database knows of how many rows there are is counted anew after what brings many."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.operations.rounds import close_round, open_round
from pingyi.core import statistics
from tests.cast import Register

KNOWN = {
    "sqlite": "SELECT tbl FROM sqlite_stat1",
    "postgresql": "SELECT relname FROM pg_class WHERE reltuples > 0",
}
Callbacks = Callable[..., Any]


def test_the_rows_are_counted(register: Register) -> None:
    statistics.refresh()
    with connection.cursor() as cursor:
        cursor.execute(KNOWN[connection.vendor])
        assert "organizations_membership" in {name for (name,) in cursor.fetchall()}


def test_a_round_is_followed_by_a_count(
    planned_campaign: Campaign,
    now: datetime,
    nothing_owed: None,
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    round_ = planned_campaign.rounds.get(code="first")
    for deed in (open_round, close_round):
        with django_capture_on_commit_callbacks() as callbacks:
            round_: Round = deed(round_=round_, by=None, now=now)
        assert callbacks == [statistics.refresh]


def test_what_cannot_be_counted_leaves_the_deed_done(
    django_capture_on_commit_callbacks: Callbacks,
    monkeypatch: pytest.MonkeyPatch,
    db: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails() -> None:
        raise RuntimeError("locked")

    monkeypatch.setattr(statistics, "refresh", fails)
    with django_capture_on_commit_callbacks(execute=True):
        statistics.refresh_after_commit()
    assert "locked" in caplog.text
