"""Home: two worklists, the campaign's timeline, my numbers. Search over organizations."""

from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.appraisals import queries as appraisals
from pingyi.campaigns.queries import rounds_visible_to, scopes, timeline
from pingyi.core.clock import day_of
from pingyi.core.requests import Visit
from pingyi.reviews import queries as reviews
from pingyi.ui.doors import LINES_SHOWN
from pingyi.web.queries.frame import Place, place_of
from pingyi.web.queries.search import found_organizations, found_people
from pingyi.web.queries.start import is_empty
from pingyi.web.queries.worklists import worklists


@login_not_required
@require_safe
def home(request: Visit) -> HttpResponse:
    """The home page; the guide of the first start while nobody can sign in."""
    if not request.user.is_authenticated:
        return redirect("web:start" if is_empty() else "accounts:sign-in")
    return _home(cast("Request", request))


def _home(request: Request) -> HttpResponse:
    place = place_of(request)
    if place.campaign is None:
        return redirect("web:start")
    round_ = place.round
    if "round" in request.GET:
        round_ = get_object_or_404(
            rounds_visible_to(request.user),
            campaign=place.campaign,
            code=request.GET["round"],
        )
    today = day_of(request.now)
    context = {
        "campaign": place.campaign,
        "round": round_,
        "today": today,
        "lists": worklists(request.user, round_, today),
        "most": LINES_SHOWN,
        "events": timeline(place.campaign, today),
        "numbers": _numbers(request, place, round_),
        "days_left": (round_.closes_on - today).days if round_ else 0,
    }
    return render(request, "web/home.html", context)


@require_safe
def search(request: Request) -> HttpResponse:
    """Organizations and people; a fragment for the picker."""
    place = place_of(request)
    q = request.GET.get("q", "")
    most = 12 if request.htmx else 60
    found = [
        (_("Organizations"), found_organizations(request.user, place, q, most=most)),
        (_("People"), found_people(request.user, q, day_of(request.now), most=most)),
    ]
    results = [(title, lines) for title, lines in found if lines]
    template = "ui/picker_results.html" if request.htmx else "web/search.html"
    return render(request, template, {"results": results, "q": q})


def _numbers(request: Request, place: Place, round_: Any) -> list[dict[str, Any]]:
    """How far every unit I answer for is: its reviews, or where there are none its appraisals."""
    if place.campaign is None or round_ is None:
        return []
    units = {
        scope.unit.pk: scope.unit
        for scope in scopes(request.user, place.campaign)
        if scope.role in Right.READ_PEOPLE.roles
    }
    if not units:
        return []
    if reviews.plan_of(place.campaign) is None:
        counted = appraisals.counted_below(round_, units.values())
        return [{"unit": unit, "counted": counted[unit.pk]} for unit in units.values()]
    coverage = reviews.coverage_of(round_, units.values())
    return [{"unit": unit, "coverage": coverage[unit.pk]} for unit in units.values()]
