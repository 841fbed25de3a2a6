"""All appraisals of a round in the actor's part of the tree, and the ledger of appraisals."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.appraisals.exports import RENDERERS, ledger_document
from pingyi.appraisals.queries import coverage
from pingyi.appraisals.queries.ledger import is_in_state, ledger_lines
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.appraisals.views.viewing import round_in_sight
from pingyi.campaigns.queries import scopes, units_visible_to
from pingyi.ui.downloads import download
from pingyi.ui.lists import list_page

STATES = ("", "counted", "begun", "none")


@require_safe
def units(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Every counted unit with how far its appraisal is; one's own branch opens at once."""
    round_ = round_in_sight(request, campaign_code, round_code)
    readable = _readable(request, round_)
    if readable.count() == 1 and not request.GET:
        return redirect("appraisals:unit", campaign_code, round_code, readable.get().code)
    state = request.GET.get("state", "")
    listing = list_page(
        request,
        readable.filter(is_in_state(round_, state)) if state in STATES[1:] else readable,
        search=("name", "initials", "code"),
        sorts={"path": "path", "name": "name", "code": "code"},
        default="path",
    )
    progress = coverage.progress(round_, listing.page)
    counted = readable.filter(is_in_state(round_, "counted")).count()
    context = {
        "round": round_,
        "listing": listing,
        "rows": [(unit, progress.get(unit.pk)) for unit in listing.page],
        "stages": len(needed_plan(round_).stages),
        "state": state,
        "counted": counted,
    }
    return render(request, "appraisals/units.html", context)


@require_safe
def ledger(request: Request, campaign_code: str, round_code: str, kind: str) -> HttpResponse:
    """The ledger of appraisals in the usual columns, as Excel or PDF (N10)."""
    round_ = round_in_sight(request, campaign_code, round_code)
    if kind not in RENDERERS:
        raise Http404(_("There is no such document."))
    name = f"{campaign_code}-{round_code}-appraisals.{kind}"
    lines = ledger_lines(round_, _readable(request, round_))
    return download(ledger_document(round_, lines, kind=kind), name)


def _readable(request: Request, round_):  # type: ignore[no-untyped-def]  # QuerySet of units
    """Counted units of the subtrees whose appraisals the actor may read; 404 for no subtree."""
    paths = [
        s.path
        for s in scopes(request.user, round_.campaign)
        if s.role in Right.READ_APPRAISALS.roles
    ]
    if not paths:
        raise Http404(_("You read no appraisal in this campaign."))
    visible = units_visible_to(request.user, round_.campaign).exclude(sector="")
    return visible.in_subtree(paths)
