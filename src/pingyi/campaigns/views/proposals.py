"""Proposed exemptions: what one covers, and what a second person decides; the number beyond which
they are needed.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns import permissions
from pingyi.campaigns.forms.rounds import LimitForm
from pingyi.campaigns.operations import proposals
from pingyi.campaigns.queries.gaps import duty_label
from pingyi.campaigns.queries.proposals import covered, proposals_visible_to
from pingyi.campaigns.queries.seen import limit_seen, proposal_seen
from pingyi.campaigns.views.viewing import campaign_in_sight, page_of
from pingyi.ui.deeds import Deed, done_or_refused, form_page
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import ExemptionProposal


@require_safe
def proposal(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """What the proposal covers and is still missing, and the buttons of a second person."""
    found = _proposal(request, campaign_code, pk)
    gaps = covered(found)
    listing = list_page(
        request,
        gaps,
        sorts={"unit": "gap_path", "subject": "gap_subject"},
        default="unit",
        per_page=50,
    )
    context = {
        "campaign": found.round.campaign,
        "proposal": found,
        "listing": listing,
        "rows": [(gap, duty_label(gap.duty, found.round.campaign)) for gap in listing.page],
        "counts": [
            (duty_label(duty, found.round.campaign), sum(len(keys) for keys in kinds.values()))
            for duty, kinds in found.covers.items()
        ],
        "edits": _edited(found),
        "confirm_refusal": permissions.why_not_confirm_exemptions(request.user, found),
        "is_own": permissions.why_not_withdraw_exemptions(request.user, found) is None,
    }
    return render(request, "campaigns/proposal.html", context)


@require_POST
def confirm(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """All of it is exempt."""
    return _done(request, campaign_code, pk, proposals.confirm_exemptions, _("It is exempt now."))


@require_POST
def refuse(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Nothing of it is exempt."""
    said = _("The proposal is refused.")
    return _done(request, campaign_code, pk, proposals.refuse_exemptions, said)


@require_POST
def withdraw(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """It is not wanted any more."""
    said = _("The proposal is withdrawn.")
    return _done(request, campaign_code, pk, proposals.withdraw_exemptions, said)


@form_page
def limit(request: Request, campaign_code: str) -> HttpResponse:
    """Say how many gaps one person may exempt at once."""
    campaign = campaign_in_sight(request, campaign_code)
    edits = Edited(f"exemption-limit:{campaign.pk}", partial(limit_seen, campaign.pk))
    return Deed(
        title=_("Limit of exempting at once"),
        form=LimitForm(request.POST or None, initial=edits.content),
        submit=_("Save"),
        back=page_of(campaign_code, "exemptions"),
        done=_("The number was changed."),
        do=partial(proposals.change_exemption_limit, campaign=campaign),
        edits=edits,
        refusal=permissions.why_not_change_exemption_limit(request.user, campaign),
    ).page(request)


def _done(
    request: Request, campaign_code: str, pk: int, deed: Callable[..., object], said: str
) -> HttpResponse:
    found = _proposal(request, campaign_code, pk)
    return done_or_refused(
        request,
        partial(deed, proposal=found),
        back=reverse("campaigns:proposal", args=[campaign_code, pk]),
        said=said,
        edits=_edited(found),
    )


def _proposal(request: Request, campaign_code: str, pk: int) -> "ExemptionProposal":
    campaign = campaign_in_sight(request, campaign_code)
    found = proposals_visible_to(request.user, campaign).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.unit.campaign = found.round.campaign
    return found


def _edited(found: "ExemptionProposal") -> Edited:
    return Edited(f"exemption-proposal:{found.pk}", partial(proposal_seen, found.pk))
