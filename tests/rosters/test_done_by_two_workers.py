"""One import in the hands of two workers, as where the lease of the first was lost (ADR 0017)."""

from typing import Any

import pytest

from pingyi.organizations.models import Organization
from pingyi.rosters import operations, tasks
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations import preview as previewing
from tests.at_once import AtOnce
from tests.rosters.conftest import Door
from tests.rosters.workbook import small_roster


def applied() -> None:
    """What a worker does who finds the task."""
    tasks.apply.call(import_id=RosterImport.objects.get().pk, user_id=None)


def test_who_comes_second_leaves_it_applied(preview: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    made = preview(small_roster())
    RosterImport.objects.update(state=ImportState.APPLYING)
    once = operations.apply_roster

    def twice(**given: Any) -> None:
        once(**given)
        once(**given)

    monkeypatch.setattr(operations, "apply_roster", twice)
    applied()
    made.refresh_from_db()
    assert (made.state, made.errors) == ("applied", [])


@pytest.mark.lock("apply.apply_roster")
def test_two_at_the_same_moment_apply_it_once(at_once: AtOnce, preview: Door) -> None:
    preview(small_roster())
    RosterImport.objects.update(state=ImportState.APPLYING)
    at_once(applied, applied)
    assert RosterImport.objects.get().state == "applied"
    assert Organization.objects.count() == 3


def test_lines_that_another_has_taken_away_are_no_preview(
    preview: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two previews of one file delete each other's lines: what is left is not all of it."""
    made = preview(small_roster(), queue=False)
    keep = previewing._keep

    def taken_away(roster_import: RosterImport, *given: Any) -> None:
        keep(roster_import, *given)
        roster_import.changes.all()[:1].get().delete()

    monkeypatch.setattr(previewing, "_keep", taken_away)
    with pytest.raises(previewing.LinesMissingError):
        tasks.preview.call(import_id=made.pk)
    made.refresh_from_db()
    assert (made.state, made.errors[0]["code"]) == ("failed", "broken_off")


def test_a_preview_that_was_given_up_stays_so(
    preview: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = preview(small_roster(), queue=False)
    keep = previewing._keep

    def given_up(*given: Any) -> None:
        keep(*given)
        operations.fail_roster(roster_import=made, code="broken_off")

    monkeypatch.setattr(previewing, "_keep", given_up)
    tasks.preview.call(import_id=made.pk)
    made.refresh_from_db()
    assert (made.state, made.errors[0]["code"]) == ("failed", "broken_off")
