"""What all pages of campaigns share: what is in sight, a form for a deed, a button for a deed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pingyi.accounts.requests import Request
from pingyi.campaigns import queries
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Participant, Round, Unit

FOUND_AT_ONCE = 20

# A page with a form: POST does the deed, GET shows it.
form_page = require_http_methods(["GET", "HEAD", "POST"])


def page_of(campaign_code: str, name: str = "campaign") -> str:
    """The address of a page of a campaign."""
    return reverse(f"campaigns:{name}", kwargs={"campaign_code": campaign_code})


def campaign_in_sight(request: Request, campaign_code: str) -> "Campaign":
    """The campaign, or 404 where the person has no part in it."""
    found = queries.campaigns_visible_to(request.user)
    found = found.select_related("root").prefetch_related("rounds")
    campaign = found.filter(code=campaign_code).first()
    if campaign is None:
        raise Http404
    return campaign


def round_in_sight(request: Request, campaign_code: str, round_code: str) -> "Round":
    """The round, or 404 where the person has no part in its campaign."""
    found = queries.rounds_visible_to(request.user)
    round_ = found.filter(campaign__code=campaign_code, code=round_code).first()
    if round_ is None:
        raise Http404
    return round_


def unit_in_sight(request: Request, campaign: "Campaign", unit_code: str) -> "Unit":
    """The unit, or 404 where it lies outside the person's part of the tree."""
    unit = queries.units_visible_to(request.user, campaign).filter(code=unit_code).first()
    if unit is None:
        raise Http404
    unit.campaign = campaign
    return unit


def participant_in_sight(request: Request, campaign: "Campaign", pk: int) -> "Participant":
    """The person, or 404 where they belong outside the viewer's part of the tree."""
    people = queries.participants_visible_to(request.user, campaign)
    participant = people.select_related("unit").filter(pk=pk).first()
    if participant is None:
        raise Http404
    participant.campaign = campaign
    return participant


@dataclass(frozen=True)
class Deed:
    """A form page: its words, where it leads back to, and what it does with sound values."""

    title: str
    submit: str
    back: str
    done: str
    do: Callable[[dict[str, Any]], object]
    state: str = ""
    # Where set, a search box above the form finds what the form then offers.
    finds: str = ""
    refusal: Refusal | None = None


def deed_page(request: Request, form: Form, deed: Deed) -> HttpResponse:
    """GET shows the form; POST does the deed once and goes back, or says what stands against it."""
    if deed.refusal is not None:
        messages.error(request, str(deed.refusal))
        return redirect(deed.back)
    if request.method == "POST" and form.is_valid():
        try:
            deed.do(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, [str(refusal)])
        else:
            messages.success(request, deed.done)
            return redirect(deed.back)
    return render(request, "campaigns/form.html", {"form": form, "deed": deed})


def done_or_refused(
    request: Request, deed: Callable[[], object], *, done: str, back: str
) -> HttpResponse:
    """A deed by a button: its one operation, then back, with what came of it."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(back)
