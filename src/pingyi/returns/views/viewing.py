"""Rounds and units that a page of the returns is about: outside of one's sight there is nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import rounds_visible_to, units_visible_to
from pingyi.core.refusals import refuse
from pingyi.returns.permissions import why_not_read_tables
from pingyi.returns.queries.returns import returns_of
from pingyi.returns.queries.seen import return_seen
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import Table
    from pingyi.core.seen import Content
    from pingyi.returns.models import Return


def round_in_sight(request: Request, campaign_code: str, round_code: str) -> "Round":
    """The round, where the reader sees it; else there is no such page."""
    return get_object_or_404(rounds_visible_to(request.user, campaign_code), code=round_code)


def unit_in_sight(
    request: Request, campaign_code: str, round_code: str, unit_code: str
) -> tuple["Round", "Unit"]:
    """A round and a unit whose tables the reader reads; else no such page, or why not."""
    round_ = round_in_sight(request, campaign_code, round_code)
    unit_ = get_object_or_404(units_visible_to(request.user, round_.campaign), code=unit_code)
    refuse(why_not_read_tables(request.user, unit_))
    return round_, unit_


@dataclass(frozen=True)
class Here:
    """The return that a page is about."""

    round: "Round"
    unit: "Unit"
    plan: "Table"
    row: "Return"

    @property
    def named(self) -> dict[str, Any]:
        """What every operation on it is called with."""
        return {"round_": self.round, "unit": self.unit, "table": self.plan.code}

    @property
    def edits(self) -> Edited:
        """Where it stands, as it was seen."""
        return self.edits_of(partial(return_seen, self.round, self.unit, self.plan.code))

    def edits_of(self, read: "Callable[[], Content]", known: "Content | None" = None) -> Edited:
        """The same with more that is seen: one name for all pages that change the return. `known`
        is what the page has counted already.
        """
        name = f"return:{self.round.pk}:{self.unit.pk}:{self.plan.code}"
        return Edited(name, read, known)


def return_in_sight(
    request: Request, *, campaign_code: str, round_code: str, unit_code: str, table_code: str
) -> Here:
    """The return of a unit to a table, where the reader reads the unit's tables."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    for plan, row in returns_of(round_, unit_):
        if plan.code == table_code:
            return Here(round_, unit_, plan, row)
    raise Http404(_("This campaign has no such table."))


def page_of(round_: "Round", unit: "Unit", table: str = "") -> str:
    """The page of a unit's tables, of one of them."""
    url = reverse("returns:unit", args=[round_.campaign.code, round_.code, unit.code])
    return f"{url}?table={table}" if table else url
