"""How long what is to be put right has been open, by organization."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.rectification.queries import ages as queries
from pingyi.rectification.rules.ages import labels
from pingyi.rectification.views.viewing import campaign_in_sight
from pingyi.ui.lists import list_page


@require_safe
def ages(request: Request, campaign_code: str) -> HttpResponse:
    """What is owed longest stands on top; no score, no rank."""
    campaign = campaign_in_sight(request, campaign_code)
    listing = list_page(
        request,
        queries.ages(request.user, campaign, day_of(request.now)),
        search=("unit_name",),
        sorts={"days": "days", "open": "open", "late": "late"},
        default="-days",
    )
    context = {"campaign": campaign, "listing": listing, "labels": labels()}
    return render(request, "rectification/ages.html", context)
