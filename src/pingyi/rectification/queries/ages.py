"""How long the items of each organization have been open, and how many are late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q

from pingyi.rectification.enums import ItemState
from pingyi.rectification.queries.items import LATE, items_visible_to, narrowed
from pingyi.rectification.rules.ages import Span, bands

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign


@dataclass(frozen=True)
class Age:
    """An organization with items that are not closed off: how many of each age, the oldest first
    by its days.
    """

    unit_name: str
    open: int
    bands: list[int]
    late: int
    days: int


def ages(actor: "User", campaign: "Campaign", today: date) -> list[Age]:
    """Of the organizations in sight, whose oldest item is open longest first."""
    spans = {f"band_{number}": _registered(span) for number, span in enumerate(bands(today))}
    counts = {name: Count("pk", filter=condition) for name, condition in spans.items()}
    rows: Iterable[Any] = (
        items_visible_to(actor, campaign)
        .select_related(None)
        .exclude(state=ItemState.CLOSED)
        .order_by()
        .values("unit", "unit__name")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=narrowed(LATE, today)),
            oldest=Min("registered_on"),
            **counts,
        )
        .order_by("oldest", "unit__path")
    )
    return [
        Age(
            row["unit__name"],
            row["open"],
            [row[name] for name in counts],
            row["late"],
            (today - row["oldest"]).days,
        )
        for row in rows
    ]


def _registered(span: Span) -> Q:
    first, last = span
    condition = Q() if first is None else Q(registered_on__gte=first)
    return condition if last is None else condition & Q(registered_on__lte=last)
