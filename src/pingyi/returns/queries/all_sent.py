"""By which deadlines of a campaign every table was sent, whatever became of the round."""

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from pingyi.campaigns.queries import pack_of, reporting_units
from pingyi.returns.models import Return
from pingyi.returns.queries.board import SETTLED
from pingyi.returns.queries.returns import TOP, UNITS

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign


def all_sent(campaign: "Campaign") -> set[tuple[int, str]]:
    """(key of the round, tier) where each unit of the tier has sent each table, or need not; what
    was accepted is there, whatever is amended in it. Two queries.
    """
    tables = len(pack_of(campaign).tables)
    there = Q(state__in=SETTLED) | Q(accepted__isnull=False)
    rows = Return.objects.filter(there, round__campaign=campaign, unit__is_active=True)
    of_units, of_top = Q(unit__is_reporting=True), Q(unit__is_reporting=False)
    found = rows.order_by().values_list("round_id")
    sent = found.annotate(units=Count("pk", of_units), top=Count("pk", of_top))
    # The top of the tree is the one that need not report to be asked.
    wanted = {UNITS: reporting_units(campaign).count() * tables, TOP: tables}
    return {
        (round_id, tier)
        for round_id, units, top in sent
        for tier, number in ((UNITS, units), (TOP, top))
        if number >= wanted[tier]
    }
