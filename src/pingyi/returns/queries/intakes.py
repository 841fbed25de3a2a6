"""Forms that came in (N12)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from pingyi.returns.enums import IntakeState
from pingyi.returns.models import Intake

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


def taken_over(digest: str) -> Intake | None:
    """The intake of a file that was taken over, by its SHA-256."""
    return Intake.objects.filter(sha256=digest, state=IntakeState.SUBMITTED).first()


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
