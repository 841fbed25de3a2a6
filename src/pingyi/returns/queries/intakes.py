"""Forms that came in (N12)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from pingyi.campaigns.queries import pack_of
from pingyi.returns.enums import BatchState, IntakeState, ReturnState
from pingyi.returns.models import Batch, BatchFile, Intake, Return
from pingyi.returns.rules.workflow import OWNERS, Side

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round, Unit


def taken_over(digest: str) -> Intake | None:
    """The intake of a file that was taken over, by its SHA-256."""
    return Intake.objects.filter(sha256=digest, state=IntakeState.SUBMITTED).first()


def with_the_unit_again(intake: Intake) -> list[str]:
    """Codes of the tables that were submitted from this form and have come back since: withdrawn or
    sent back, or something later stands there that was not sent. The same form sends them no more.
    """
    numbers = {each["table"]: each["number"] for each in intake.versions}
    rows = Return.objects.filter(round=intake.round_id, unit=intake.unit_id, table__in=numbers)
    back = {row.table for row in rows if OWNERS[ReturnState(row.state)] is Side.SENDER}
    return [code for code in numbers if code in back]


def came_back(intake: Intake) -> list[str]:
    """The same tables as the paper calls them: 附件1, …; none where nobody knows of which round."""
    if intake.round is None or not intake.versions:
        return []
    back = with_the_unit_again(intake)
    return [table.annex for table in pack_of(intake.round.campaign).tables if table.code in back]


def intakes_of(round_: "Round", unit: "Unit") -> QuerySet[Intake]:
    """The forms that came in for a unit in a round, with who sent them."""
    return Intake.objects.select_related("received_by").filter(round=round_, unit=unit)


def intake_of(round_: "Round", unit: "Unit", pk: int) -> Intake | None:
    """One of them."""
    return intakes_of(round_, unit).select_related("round__campaign", "unit").filter(pk=pk).first()


def intakes_by_keys(keys: Iterable[int]) -> QuerySet[Intake]:
    """Several, with whose they are, in the order in which they came."""
    return (
        Intake.objects.select_related("round__campaign", "unit").filter(pk__in=keys).order_by("pk")
    )


def batches_of(actor: "User", round_: "Round") -> QuerySet[Any]:
    """What somebody handed in together in a round, for the sender alone; of each how many files it
    has in `total`, and of those `looked_at` and `taken_over`.
    """
    taken = Q(files__intake__state=IntakeState.SUBMITTED)
    rows = Batch.objects.filter(sent_by=actor, round=round_).select_related("round__campaign")
    return rows.annotate(
        total=Count("files"),
        looked_at=Count("files", filter=Q(files__content=None)),
        taken_over=Count("files", filter=taken),
    )


def batch_by_id(pk: int) -> Batch | None:
    """For the worker."""
    return Batch.objects.select_related("round__campaign", "sent_by").filter(pk=pk).first()


def batches_under_way() -> QuerySet[Batch]:
    """Those that wait for the worker or are in its hand."""
    return Batch.objects.filter(state=BatchState.WAITING)


def files_of(batch: Batch) -> QuerySet[BatchFile]:
    """The files in their order, with what became of each; their contents are not read."""
    return batch.files.defer("content").select_related("intake__unit", "intake__round__campaign")
