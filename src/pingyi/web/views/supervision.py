"""All units on one page with what they owe; one unit with everything about it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.appraisals import queries as appraisals
from pingyi.appraisals.permissions import why_not_read
from pingyi.campaigns.permissions import why_not_urge
from pingyi.campaigns.queries import (
    forms_at,
    pack_of,
    place_of_urging,
    rounds_visible_to,
    units_visible_to,
)
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.paper.permissions import why_not_print_ballots
from pingyi.returns.permissions import why_not_read_tables
from pingyi.reviews import queries as reviews
from pingyi.reviews.permissions import why_not_publish, why_not_read_coverage
from pingyi.ui.lists import Sorts, list_page
from pingyi.web.permissions import why_not_supervise
from pingyi.web.queries.supervision import supervised

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

SORTS: Sorts = {
    "owed": ("-days_late", "-missing"),
    "name": "name",
    "missing": "reviews",
    "counted": "appraisals.counted",
    "flags": "appraisals.open_flags",
    "signs": "signs",
}


@require_safe
def supervision(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """What every reporting unit owes (N17)."""
    round_ = _round(request, campaign_code, round_code)
    refuse(why_not_supervise(request.user, round_.campaign))
    states = supervised(request.user, round_, day_of(request.now))
    listing = list_page(
        request,
        states,
        search=("name", "code"),
        sorts=SORTS,
        default="owed",
        per_page=50,
    )
    behind = sum(1 for state in states if state.missing)
    context = {
        "round": round_,
        "pack": pack_of(round_.campaign),
        "listing": listing,
        "behind": behind,
        "of": len(states),
        "urge_place": place_of_urging(round_),
        "urge_refusal": why_not_urge(request.user, round_.campaign),
    }
    return render(request, "web/supervision.html", context)


@require_safe
def unit(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """A unit in its campaign: coverage, stages, what lies below."""
    round_ = _round(request, campaign_code, round_code)
    unit_ = get_object_or_404(units_visible_to(request.user, round_.campaign), code=unit_code)
    children = unit_.children.active()
    coverage = reviews.coverage(round_, [unit_.path])
    listing = list_page(
        request,
        children,
        search=("name", "initials", "code"),
        sorts={"path": "path", "name": "name", "code": "code"},
        default="path",
    )
    pack = pack_of(round_.campaign)
    context = {
        "round": round_,
        "pack": pack,
        "unit": unit_,
        "coverage": coverage.of(unit_),
        "listing": listing,
        "rows": [(child, coverage.of(child)) for child in listing.page],
        "steps": appraisals.labelled_steps(round_, unit_)
        if forms_at(round_.campaign, unit_)
        else [],
        "forms": _forms(request, round_, unit_),
        # A tab that would refuse is not shown.
        "coverage_refusal": why_not_read_coverage(request.user, unit_),
        "publish_refusal": why_not_publish(request.user, unit_),
        "appraisal_refusal": why_not_read(request.user, unit_),
        "tables_refusal": why_not_read_tables(request.user, unit_),
    }
    return render(request, "web/unit.html", context)


def _forms(request: Request, round_: "Round", unit_: "Unit") -> list[appraisals.Box]:
    """Ballots to be printed, beside the stages."""
    if why_not_print_ballots(request.user, unit_):
        return []
    return appraisals.ballot_boxes(round_, unit_)


def _round(request: Request, campaign_code: str, round_code: str) -> "Round":
    return get_object_or_404(rounds_visible_to(request.user, campaign_code), code=round_code)
