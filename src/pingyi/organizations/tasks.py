"""Long work of the room, done by a worker."""

from django_tasks import task

from pingyi.core.clock import read_now
from pingyi.core.refusals import Refusal
from pingyi.organizations.operations import roster
from pingyi.organizations.queries.roster import import_by_id, user_by_id


@task()
def preview(import_id: int) -> None:
    """Read a file and compare it with the register."""
    roster_import = import_by_id(import_id)
    try:
        roster.preview_roster(roster_import=roster_import)
    except Exception:
        roster.fail_roster(roster_import=roster_import, code="broken_off")
        raise


@task()
def apply(import_id: int, user_id: int | None) -> None:
    """Write a previewed file into the register."""
    roster_import = import_by_id(import_id)
    by = user_by_id(user_id)
    try:
        roster.apply_roster(roster_import=roster_import, by=by, now=read_now())
    except Refusal as refusal:
        # The person sees on the page why nothing was written.
        labels = [str(detail) for detail in refusal.details]
        roster.fail_roster(roster_import=roster_import, code=refusal.code, labels=labels)
    except Exception:
        roster.fail_roster(roster_import=roster_import, code="broken_off")
        raise
