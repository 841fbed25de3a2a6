"""Long work of the room, done by a worker."""

from typing import TYPE_CHECKING

from django_tasks import task

from pingyi.accounts.queries import user_by_id
from pingyi.core.clock import read_now
from pingyi.core.refusals import Refusal
from pingyi.rosters import operations
from pingyi.rosters.enums import ImportState
from pingyi.rosters.queries.imports import import_by_id

if TYPE_CHECKING:
    from pingyi.rosters.models import RosterImport


@task()
def preview(import_id: int) -> None:
    """Read a file and compare it with the register; taken up again, from the beginning."""
    roster_import = import_by_id(import_id)
    if roster_import.state != ImportState.READING:
        return
    try:
        operations.preview_roster(roster_import=roster_import)
    except Exception:
        operations.fail_roster(roster_import=roster_import, code="broken_off")
        raise


@task()
def apply(import_id: int, user_id: int | None) -> None:
    """Write a previewed file into the register; taken up again, where nothing was written."""
    roster_import = import_by_id(import_id)
    if roster_import.state != ImportState.APPLYING:
        return
    by = user_by_id(user_id)
    try:
        operations.apply_roster(roster_import=roster_import, by=by, now=read_now())
    except Refusal as refusal:
        # The person sees on the page why nothing was written.
        labels = [str(detail) for detail in refusal.details]
        operations.fail_roster(roster_import=roster_import, code=refusal.code, labels=labels)
    except Exception:
        operations.fail_roster(roster_import=roster_import, code="broken_off")
        raise


def give_up(roster_import: "RosterImport") -> None:
    """What no worker will do any more can be previewed again by hand."""
    operations.fail_roster(roster_import=roster_import, code="broken_off")
