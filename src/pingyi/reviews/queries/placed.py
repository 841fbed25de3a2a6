"""Reviews by the unit in which their subjects are counted, added up without a look at who they are.

A review names the unit in which its subject was counted when it was recorded; an index of those
names is all that is read. Whoever an amendment has touched since is left out here and counted
where they stand now, for they are few.
"""

from typing import TYPE_CHECKING

from django.db.models import Aggregate, Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pingyi.campaigns import queries as campaigns
from pingyi.reviews.models import Review

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, UnitQuerySet

PEOPLE = Count("participant", distinct=True)
REVIEWS = Count("pk")


def with_figure(round_: "Round", reviews: QuerySet[Review], figure: Aggregate) -> "UnitQuerySet":
    """The campaign's units, each with the `figure` of what is said of the unit and its people.

    Of nobody whom an amendment has touched.
    """
    here = reviews.filter(counted_in=OuterRef("pk"), round=round_).order_by()
    here = here.exclude(participant__in=campaigns.amended_people())
    number = Subquery(here.values("counted_in").annotate(n=figure).values("n"), IntegerField())
    return round_.campaign.units.annotate(figure=Coalesce(number, 0))
