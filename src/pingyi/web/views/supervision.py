"""All units on one page, worst first; one unit with everything about it."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pingyi.appraisals import queries as appraisals
from pingyi.campaigns.queries import rounds_visible_to, units_visible_to
from pingyi.core.refusals import refuse
from pingyi.core.requests import Request
from pingyi.reviews import queries as reviews
from pingyi.ui.lists import list_page
from pingyi.web import queries
from pingyi.web.exports import supervision_xlsx
from pingyi.web.permissions import why_not_supervise

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SORTS = {
    "worst": "share",
    "name": "name",
    "missing": "missing",
    "counted": "counted",
    "flags": "open_flags",
    "signs": "signs",
}


@login_required
@require_safe
def supervision(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Progress of every reporting unit (N17)."""
    round_ = _round(request, campaign_code, round_code)
    refuse(why_not_supervise(request.user, round_.campaign, request.now))
    states = queries.supervised(request.user, round_)
    if request.GET.get("format") == "xlsx":
        name = f"{campaign_code}-{round_code}-supervision.xlsx"
        return HttpResponse(
            supervision_xlsx(round_.name, states),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    listing = list_page(
        request,
        states,
        search=("name", "code"),
        sorts=SORTS,
        default="worst",
        per_page=100,
    )
    behind = sum(1 for state in states if state.missing)
    context = {"round": round_, "listing": listing, "behind": behind, "of": len(states)}
    return render(request, "web/supervision.html", context)


@login_required
@require_safe
def unit(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """A unit in its campaign: coverage, stages, what lies below."""
    round_ = _round(request, campaign_code, round_code)
    unit_ = get_object_or_404(units_visible_to(request.user, round_.campaign), code=unit_code)
    children = units_visible_to(request.user, round_.campaign).filter(parent=unit_)
    coverage = reviews.coverage(round_, [unit_])
    listing = list_page(
        request,
        children,
        search=("name", "initials", "code"),
        sorts={"path": "path", "name": "name", "code": "code"},
        default="path",
    )
    plan = appraisals.plan_of(round_)
    context = {
        "round": round_,
        "unit": unit_,
        "coverage": coverage.of(unit_),
        "listing": listing,
        "rows": [(child, coverage.of(child)) for child in listing.page],
        "steps": appraisals.labelled_steps(round_, unit_) if plan and unit_.sector else [],
    }
    return render(request, "web/unit.html", context)


def _round(request: Request, campaign_code: str, round_code: str) -> "Round":
    return get_object_or_404(
        rounds_visible_to(request.user), campaign__code=campaign_code, code=round_code
    )
