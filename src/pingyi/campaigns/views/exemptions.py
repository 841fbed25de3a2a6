"""Exemptions: the list with search, and taking one back."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.enums import Outcome
from pingyi.accounts.requests import Request
from pingyi.campaigns import permissions
from pingyi.campaigns.operations.exemptions import revoke_exemption
from pingyi.campaigns.queries.gaps import duty_label
from pingyi.campaigns.queries.proposals import proposals_visible_to
from pingyi.campaigns.queries.rounds import EXEMPTIONS_SEARCHED, exemptions_visible_to
from pingyi.campaigns.views.viewing import campaign_in_sight, page_of
from pingyi.ui.deeds import done_or_refused
from pingyi.ui.lists import list_page


@require_safe
def list_(request: Request, campaign_code: str) -> HttpResponse:
    """Who and what was exempt, from what, why; revoked ones stay in the list."""
    campaign = campaign_in_sight(request, campaign_code)
    listing = list_page(
        request,
        exemptions_visible_to(request.user, campaign),
        search=EXEMPTIONS_SEARCHED,
        sorts={"on": "exempted_at", "round": ("round__position", "id"), "duty": ("duty", "id")},
        default="-on",
    )
    # Whether the buttons work is asked once a row of one page only; scopes are kept on the actor.
    rows = []
    for exemption in listing.page:
        exemption.round.campaign = campaign
        if exemption.participant is not None:
            exemption.participant.campaign = campaign
        if exemption.unit is not None:
            exemption.unit.campaign = campaign
        refusal = permissions.why_not_revoke_exemption(request.user, exemption)
        duty = duty_label(exemption.duty)
        rows.append({"exemption": exemption, "duty": duty, "refusal": refusal})
    context = {
        "campaign": campaign,
        "listing": listing,
        "rows": rows,
        "proposals": proposals_visible_to(request.user, campaign).filter(outcome=Outcome.OPEN),
        "limit_refusal": permissions.why_not_change_exemption_limit(request.user, campaign),
    }
    return render(request, "campaigns/exemptions.html", context)


@require_POST
def revoke(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Take an exemption back."""
    campaign = campaign_in_sight(request, campaign_code)
    exemption = exemptions_visible_to(request.user, campaign).filter(pk=pk).first()
    if exemption is None:
        raise Http404
    return done_or_refused(
        request,
        partial(revoke_exemption, exemption=exemption),
        back=page_of(campaign_code, "exemptions"),
        said=_("The exemption was revoked."),
    )
