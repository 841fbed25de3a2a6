"""The versions of a return, and two of them side by side."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import pack_of
from pingyi.returns.queries.returns import versions_of
from pingyi.returns.queries.sentences import cell_label, said_in_words
from pingyi.returns.rules.cells import from_json
from pingyi.returns.rules.differences import differences
from pingyi.returns.views.viewing import Here, return_in_sight

if TYPE_CHECKING:
    from pingyi.returns.models import Version


@require_safe
def versions(request: Request, **where: str) -> HttpResponse:
    """Every version with who sealed, sent and answered it; what differs between two of them."""
    here = return_in_sight(request, **where)
    found = versions_of(here.row) if here.row.pk else []
    after = _asked(request, found, "to", 0)
    before = _asked(request, found, "from", 1)
    context = {
        "round": here.round,
        "unit": here.unit,
        "plan": here.plan,
        "versions": found,
        "before": before,
        "after": after,
        "rows": _compared(here, before, after) if before and after else [],
    }
    return render(request, "returns/versions.html", context)


def _asked(request: Request, found: "list[Version]", name: str, usual: int) -> "Version | None":
    asked = request.GET.get(name, "")
    chosen = [each for each in found if str(each.number) == asked]
    return next(iter(chosen or found[usual : usual + 1]), None)


def _compared(here: Here, before: "Version", after: "Version") -> list[dict[str, str]]:
    """Each cell that says something else, before, after, and why it is not the counted figure."""
    pack = pack_of(here.round.campaign)
    then, now = from_json(before.content["cells"]), from_json(after.content["cells"])
    said = ({code: cell.said for code, cell in cells.items()} for cells in (then, now))
    return [
        {
            "where": cell_label(pack, each.cell),
            "before": said_in_words(each.before),
            "after": said_in_words(each.after),
            "reason": now[each.cell].reason,
        }
        for each in differences(*said)
    ]
