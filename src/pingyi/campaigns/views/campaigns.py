"""Campaigns and packs: the list, a pack, a campaign with its timeline."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns import permissions
from pingyi.campaigns.forms.rounds import ReasonForm, SigningInForm
from pingyi.campaigns.operations.cancelling import cancel_campaign
from pingyi.campaigns.operations.opening import close_campaign
from pingyi.campaigns.operations.signing_in import settle_signing_in
from pingyi.campaigns.queries.packs import known_pack, known_packs, known_problems
from pingyi.campaigns.queries.rounds import (
    amendments_visible_to,
    closing_warning,
    current_round,
    deadlines_of,
    opening_warning,
)
from pingyi.campaigns.queries.scopes import campaigns_visible_to
from pingyi.campaigns.queries.seen import campaign_seen, signing_in_seen
from pingyi.campaigns.queries.timeline import days_said, timeline
from pingyi.campaigns.queries.universe import universe_figures
from pingyi.campaigns.views.viewing import campaign_in_sight, edited_round, page_of
from pingyi.core.clock import day_of, due_state
from pingyi.ui.deeds import Deed, done_or_refused, form_page
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Deadline, Round

AMENDMENTS_SHOWN = 5


@require_safe
def list_(request: Request) -> HttpResponse:
    """The campaigns in sight, and the packs one can be opened from."""
    rows = campaigns_visible_to(request.user).select_related("root")
    listing = list_page(
        request,
        rows,
        search=("name", "code"),
        sorts={"name": "name", "cut_off": "cut_off_on", "opened": "opened_at"},
        default="-opened",
    )
    return render(
        request,
        "campaigns/list.html",
        {
            "listing": listing,
            "packs": known_packs(),
            "may_open": bool(permissions.openable_roots(request.user)),
        },
    )


@require_safe
def pack(request: Request, pack_code: str) -> HttpResponse:
    """A pack as people read it, or what is wrong with it."""
    info = known_pack(pack_code)
    if info is None:
        raise Http404
    context = {
        "info": info,
        "pack": info.pack,
        "problems": known_problems(info),
        "may_open": bool(permissions.openable_roots(request.user)),
    }
    return render(request, "campaigns/pack.html", context)


@require_safe
def campaign(request: Request, campaign_code: str) -> HttpResponse:
    """The campaign by date, its rounds, the size of its universe, the latest amendments."""
    found = campaign_in_sight(request, campaign_code)
    today = day_of(request.now)
    rounds = list(found.rounds.all())
    deadlines = deadlines_of(found)
    amendments = amendments_visible_to(request.user, found)
    context = {
        "campaign": found,
        "edits": _edited(found),
        "current": current_round(found, today),
        "today": today,
        "events": timeline(found, today),
        "figures": universe_figures(found),
        "rounds": [_round_row(request, found_round, deadlines) for found_round in rounds],
        "amendments": amendments.order_by("-id")[:AMENDMENTS_SHOWN],
        "close_refusal": permissions.why_not_close_campaign(request.user, found),
        "may_cancel": permissions.why_not_cancel_campaign(request.user, found) is None,
        "may_settle_signing_in": permissions.why_not_settle_signing_in(request.user, found) is None,
        "is_office": permissions.is_office(request.user, found),
        "gaps_refusal": permissions.why_not_see_gaps(request.user, found),
    }
    return render(request, "campaigns/campaign.html", context)


@require_POST
def close(request: Request, campaign_code: str) -> HttpResponse:
    """Close the campaign for good."""
    found = campaign_in_sight(request, campaign_code)
    return done_or_refused(
        request,
        partial(close_campaign, campaign=found),
        back=page_of(campaign_code),
        said=_("The campaign is closed."),
        edits=_edited(found),
    )


@form_page
def cancel(request: Request, campaign_code: str) -> HttpResponse:
    """Take back the opening of a campaign, with a reason."""
    found = campaign_in_sight(request, campaign_code)
    return Deed(
        title=_("Cancel “%(campaign)s”") % {"campaign": found.name},
        form=ReasonForm(request.POST or None),
        submit=_("Cancel the campaign"),
        back=page_of(campaign_code),
        to=lambda _cancelled: reverse("campaigns:list"),
        done=_("“%(campaign)s” is cancelled; its code is free again.") % {"campaign": found.name},
        do=partial(cancel_campaign, campaign=found),
        edits=_edited(found),
        refusal=permissions.why_not_cancel_campaign(request.user, found),
    ).page(request)


@form_page
def signing_in(request: Request, campaign_code: str) -> HttpResponse:
    """Whether secretaries sign in themselves, or nobody is to be asked for their accounts."""
    found = campaign_in_sight(request, campaign_code)
    edits = Edited(f"signing-in:{found.pk}", partial(signing_in_seen, found.pk))
    return Deed(
        title=_("Do secretaries sign in?"),
        state=found.name,
        form=SigningInForm(request.POST or None, initial=edits.content),
        submit=_("Save"),
        back=page_of(campaign_code),
        to=lambda _settled: "/",
        done=_("That is settled for this campaign."),
        do=partial(settle_signing_in, campaign=found),
        edits=edits,
        refusal=permissions.why_not_settle_signing_in(request.user, found),
    ).page(request)


def _edited(campaign: "Campaign") -> Edited:
    """The campaign with its rounds: what closing it closes for good."""
    return Edited(f"campaign:{campaign.pk}", partial(campaign_seen, campaign.pk))


def _round_row(request: Request, round_: "Round", deadlines: "list[Deadline]") -> dict[str, Any]:
    today = day_of(request.now)
    open_refusal = permissions.why_not_open_round(request.user, round_)
    close_refusal = permissions.why_not_close_round(request.user, round_)
    return {
        "round": round_,
        "days": days_said(round_),
        "edits": edited_round(round_),
        "state": {"planned": "todo", "open": "soon", "closed": "done"}[round_.state],
        "deadlines": [deadline for deadline in deadlines if deadline.round_id == round_.pk],
        "open_refusal": open_refusal,
        "close_refusal": close_refusal,
        "closing_warning": "" if close_refusal else closing_warning(round_, today),
        "opening_warning": "" if open_refusal else opening_warning(round_, today),
        # Before its days come near something else is to be done, if anything.
        "is_near": due_state(round_.opens_on, today) != "todo",
        "reopen_refusal": permissions.why_not_reopen_round(request.user, round_),
        "dates_refusal": permissions.why_not_change_round_dates(request.user, round_),
    }
