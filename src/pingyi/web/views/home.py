"""Home: the next step, two worklists, the campaign's timeline, my numbers. Search and help."""

from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns.permissions import openable_roots
from pingyi.campaigns.queries import rounds_visible_to, timeline
from pingyi.core.clock import day_of
from pingyi.core.requests import Visit
from pingyi.ui.doors import LINES_SHOWN
from pingyi.web.permissions import why_not_supervise
from pingyi.web.queries.frame import place_for_page
from pingyi.web.queries.help import help_now
from pingyi.web.queries.menu import about_me
from pingyi.web.queries.oversight import standings
from pingyi.web.queries.search import found_everywhere
from pingyi.web.queries.start import is_empty
from pingyi.web.queries.worklists import lists_of, nothing_to_do


@login_not_required
@require_safe
def home(request: Visit) -> HttpResponse:
    """The home page; the guide of the first start while nobody can sign in."""
    if not request.user.is_authenticated:
        return redirect("web:start" if is_empty() else "accounts:sign-in")
    return _home(cast("Request", request))


def _home(request: Request) -> HttpResponse:
    place = place_for_page(request)
    today = day_of(request.now)
    if place.campaign is None and openable_roots(request.user):
        return redirect("web:start")
    round_ = place.round
    if "round" in request.GET:
        round_ = get_object_or_404(
            rounds_visible_to(request.user),
            campaign=place.campaign,
            code=request.GET["round"],
        )
    numbers = standings(request.user, round_) if round_ else []
    lists = lists_of(request.user, place.campaigns, (round_, numbers), today)
    wanted = request.GET.get("all", "")
    context = {
        "campaign": place.campaign,
        "round": round_,
        "today": today,
        "lists": lists,
        "most": len(lists.owed) if wanted == "owed" else LINES_SHOWN,
        "most_waiting": len(lists.waiting) if wanted == "waiting" else LINES_SHOWN,
        "events": timeline(place.campaign, today) if place.campaign else [],
        "numbers": numbers,
        "supervises": round_ is not None
        and why_not_supervise(request.user, round_.campaign) is None,
        "days_left": (round_.closes_on - today).days if round_ else 0,
        "about_me": about_me(request.user, round_),
        "nothing": nothing_to_do(place.campaigns),
    }
    return render(request, "web/home.html", context)


@require_safe
def search(request: Request) -> HttpResponse:
    """Organizations and people; a fragment for the picker."""
    place = place_for_page(request)
    q = request.GET.get("q", "")
    most = 12 if request.htmx else 60
    results = found_everywhere(request.user, place, q, day_of(request.now), most=most)
    template = "ui/picker_results.html" if request.htmx else "web/search.html"
    return render(request, template, {"results": results, "q": q})


@require_safe
def help_(request: Request) -> HttpResponse:
    """How a round is run, from the first day on; every page leads to its paragraph."""
    return render(request, "web/help.html", {"help": help_now()})
