"""On SQLite a deed keeps all others from writing: what takes long to read it reads before that
(ADR 0021).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from pingyi.campaigns.models import Round
from pingyi.campaigns.operations import rounds
from pingyi.reviews.operations import assign
from pingyi.rosters.operations import undo
from tests.ledger_last import deed_at_work
from tests.rosters.conftest import Door, _files_of_their_own, apply, preview
from tests.rosters.workbook import small_roster

__all__ = ["_files_of_their_own", "apply", "preview"]
Noted = Callable[[Any, str], list[str | None]]


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> Noted:
    """In which deeds a function is called from now on; None is outside of one."""

    def watched(module: Any, name: str) -> list[str | None]:
        found: list[str | None] = []
        read = getattr(module, name)

        def reading(*args: Any, **kwargs: Any) -> Any:
            found.append(deed_at_work())
            return read(*args, **kwargs)

        monkeypatch.setattr(module, name, reading)
        return found

    return watched


def test_who_must_review_whom(first_round: Round, noted: Noted, now: datetime) -> None:
    found = noted(assign, "derived_rows")
    assign.derive_assignments(round_=first_round, by=None, now=now)
    assert found == [None]


@pytest.mark.usefixtures("nothing_owed")
def test_what_is_missing_in_a_round(first_round: Round, noted: Noted, now: datetime) -> None:
    found = noted(rounds, "gaps_of")
    rounds.close_round(round_=first_round, by=None, now=now)
    assert found == [None]


def test_what_an_import_did(apply: Door, noted: Noted, now: datetime) -> None:
    made = apply(small_roster())
    found = [noted(undo, name) for name in ("register_snapshot", "_why_built_upon")]
    undo.undo_roster(roster_import=made, by=None, now=now)
    assert found == [[None], [None]]
