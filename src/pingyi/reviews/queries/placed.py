"""Reviews by the unit in which their subjects are counted, added up without a look at who they are.

A review names the unit in which its subject was counted when it was recorded; an index of those
names is all that is read. Whoever an amendment has touched since is left out here and counted
where they stand now, for they are few.
"""

from typing import TYPE_CHECKING

from django.db.models import Func, IntegerField, OuterRef, QuerySet, Subquery

from pingyi.campaigns import queries as campaigns
from pingyi.reviews.models import Review

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, UnitQuerySet


def with_figure(round_: "Round", reviews: QuerySet[Review], of: str) -> "UnitQuerySet":
    """The campaign's units, each with its `figure`: of the reviews whose subject is counted there,
    so many different ones of a field.

    Of nobody whom an amendment has touched.
    """
    here = reviews.filter(counted_in=OuterRef("pk"), round=round_).order_by()
    here = here.exclude(participant__in=campaigns.amended_people())
    # One number, not a group of one.
    number = Func(of, function="COUNT", template="%(function)s(DISTINCT %(expressions)s)")
    return round_.campaign.units.annotate(figure=Subquery(here.values_list(number), IntegerField()))
