"""Reviews by the unit in which their subjects are counted, added up without a look at who they are.

A review names the unit in which its subject was counted when it was recorded; an index of those
names is all that is read. Whoever an amendment has touched since is taken off again, and counted
where they stand now, for they are few.
"""

from typing import TYPE_CHECKING

from django.db.models import (
    CharField,
    Count,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Concat

from pingyi.campaigns import queries as campaigns
from pingyi.reviews.models import Review

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, UnitQuerySet


def with_figure(round_: "Round", reviews: QuerySet[Review], of: str) -> "UnitQuerySet":
    """The campaign's units, each with its `figure`: of the reviews whose subject was counted there,
    so many different ones of a field.

    Also of those whom an amendment has touched: `of_amended` says how many to take off.
    """
    here = reviews.filter(counted_in=OuterRef("pk"), round=round_).order_by()
    # One number, not a group of one; different rows are told apart by themselves.
    one = "*" if of == "pk" else "DISTINCT %(expressions)s"
    number = Func(of, function="COUNT", template=f"%(function)s({one})")
    return round_.campaign.units.annotate(figure=Subquery(here.values_list(number), IntegerField()))


def of_amended(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Those of the reviews that a figure holds although an amendment has touched their subject."""
    theirs = reviews.filter(participant__in=campaigns.amended_people(), counted_in__isnull=False)
    return theirs.order_by()


def pairs(of: str) -> Count:
    """How many different ones of a field there are in each unit, added up over units."""
    pair = Concat(
        Cast("counted_in_id", CharField()),
        Value(" "),
        Cast(of, CharField()),
        output_field=CharField(),
    )
    return Count(pair, distinct=True)
