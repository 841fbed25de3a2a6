"""A unit's tables added up from those of others, and what stands behind their figures (N12)."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import pack_of
from pingyi.returns.queries.behind import behind
from pingyi.returns.queries.difference import Difference, difference
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.overlapping import named_overlaps
from pingyi.returns.queries.returns import return_of
from pingyi.returns.queries.rolled import RolledUp, adds_up, rolled_up
from pingyi.returns.queries.sentences import cell_label
from pingyi.returns.views.viewing import unit_in_sight
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import Table
    from pingyi.returns.models import Version

# So many names stand in a line; more are folded.
FEW_NAMES = 12
MOST_CHANGES = 30


@require_safe
def rollup(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """The table of a unit as it is added up now: how complete it is, who is missing, and what is
    otherwise than it was sealed last. Whoever adds nothing up has the tables that are counted.
    """
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    if not adds_up(unit_):
        return redirect("returns:unit", campaign_code, round_code, unit_code)
    tables = pack_of(round_.campaign).tables
    if not tables:
        raise Http404(_("This campaign has no statistical tables."))
    asked = request.GET.get("table", "")
    table = next((each for each in tables if each.code == asked), tables[0])
    rolled = _rolled(round_, unit_, table)
    found = return_of(round_, unit_, table.code)
    sealed = found.latest if found is not None else None
    accepted, owing = rolled.complete
    context = {
        "round": round_,
        "unit": unit_,
        "tables": tables,
        "table": table,
        "rolled": rolled,
        "accepted": accepted,
        "owing": owing,
        "few": FEW_NAMES,
        "few_first": f":{FEW_NAMES}",
        "few_rest": f"{FEW_NAMES}:",
        "overlaps": len({each.head for each in rolled.overlaps}),
        **_doubts(rolled),
        "sealed": sealed,
        **_changes(round_, rolled, sealed),
    }
    return render(request, "returns/rollup.html", context)


def _doubts(rolled: RolledUp) -> dict[str, object]:
    """The figures with sums that could not be checked, and those that units below do not know."""
    pack = pack_of(rolled.unit.campaign)
    labels = {code: cell_label(pack, code) for code in rolled.cells}
    doubts = {
        code: (len(each.unchecked), len(each.wordless)) for code, each in rolled.cells.items()
    }
    return {
        name: [(code, labels[code], said[place]) for code, said in doubts.items() if said[place]]
        for place, name in enumerate(("unchecked", "unknown"))
    }


def _changes(round_: "Round", rolled: RolledUp, sealed: "Version | None") -> dict[str, object]:
    """What another sealing would change, in words."""
    found = difference(rolled, sealed) if sealed is not None else Difference((), ())
    pack = pack_of(round_.campaign)
    cells = [(cell_label(pack, each.cell), each) for each in found.cells[:MOST_CHANGES]]
    return {
        "changed_cells": cells,
        "changed_children": found.children,
        "more_changes": len(found.cells) - len(cells),
    }


@require_safe
def cell(
    request: Request, campaign_code: str, round_code: str, unit_code: str, cell: str
) -> HttpResponse:
    """Whose figures are in one that was added up, and who stands in several of them, by name."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    plans = pack_of(round_.campaign).tables
    table = next((each for each in plans if cell.startswith(f"{each.code}.")), None)
    rolled = _rolled(round_, unit_, table) if table and adds_up(unit_) else None
    found = behind(rolled, cell) if rolled is not None else None
    if rolled is None or found is None:
        raise Http404(_("There is no such cell in the tables of this campaign."))
    shows_overlaps = request.GET.get("show") == "overlaps"
    rows = named_overlaps(rolled, found.cell.overlaps) if shows_overlaps else found.parts
    listing = list_page(
        request, rows, search=("name",), sorts={"tree": "unit.path", "name": "name"},
        default="name" if shows_overlaps else "tree",
    )  # fmt: skip
    context = {
        "round": round_,
        "unit": unit_,
        "table": table,
        "found": found,
        "accepted": rolled.complete[0],
        "listing": listing,
        "overlaps": shows_overlaps,
        "pack": pack_of(round_.campaign),
    }
    template = "returns/rollup_cell_panel.html" if request.htmx else "returns/rollup_cell.html"
    return render(request, template, context)


def _rolled(round_: "Round", unit: "Unit", table: "Table") -> RolledUp:
    return rolled_up(Moment(round_), unit, [table])[table.code]
