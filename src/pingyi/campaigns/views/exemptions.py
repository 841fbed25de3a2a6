"""Exemptions: the list with search, and taking one back."""

from functools import partial
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Outcome
from pingyi.accounts.requests import Request
from pingyi.campaigns import permissions
from pingyi.campaigns.forms.rounds import ReasonForm
from pingyi.campaigns.operations.exemptions import revoke_exemption
from pingyi.campaigns.queries.gaps import duty_label
from pingyi.campaigns.queries.proposals import proposals_visible_to
from pingyi.campaigns.queries.rounds import EXEMPTIONS_SEARCHED, exemptions_visible_to
from pingyi.campaigns.views.viewing import campaign_in_sight, page_of
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pingyi.campaigns.models import Exemption


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
    found = cast("QuerySet[Exemption]", listing.page.paginator.object_list)
    # Whether the buttons work is asked once a row of one page only; scopes are kept on the actor.
    rows = []
    for exemption in listing.page:
        exemption.round.campaign = campaign
        if exemption.participant is not None:
            exemption.participant.campaign = campaign
        if exemption.unit is not None:
            exemption.unit.campaign = campaign
        refusal = permissions.why_not_revoke_exemption(request.user, exemption)
        duty = duty_label(exemption.duty, campaign)
        rows.append({"exemption": exemption, "duty": duty, "refusal": refusal})
    context = {
        "campaign": campaign,
        "listing": listing,
        "in_force": found.filter(revoked_at=None).count(),
        "rows": rows,
        "proposals": proposals_visible_to(request.user, campaign).filter(outcome=Outcome.OPEN),
        "limit_refusal": permissions.why_not_change_exemption_limit(request.user, campaign),
    }
    return render(request, "campaigns/exemptions.html", context)


@form_page
def revoke(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Take an exemption back, with a reason; then back to the list as it was searched."""
    campaign = campaign_in_sight(request, campaign_code)
    exemption = exemptions_visible_to(request.user, campaign).filter(pk=pk).first()
    if exemption is None:
        raise Http404
    exemption.round.campaign = campaign
    for subject in (exemption.participant, exemption.unit):
        if subject is not None:
            subject.campaign = campaign
    asked = request.GET.urlencode()
    listed = page_of(campaign_code, "exemptions")
    return Deed(
        title=_("Revoke the exemption"),
        state=_("%(name)s, %(duty)s: exempt because of “%(reason)s”")
        % {
            "name": exemption.participant or exemption.unit,
            "duty": duty_label(exemption.duty, campaign),
            "reason": exemption.reason,
        },
        form=ReasonForm(request.POST or None),
        submit=_("Revoke"),
        back=f"{listed}?{asked}" if asked else listed,
        done=_("The exemption was revoked: what was missing is missing again."),
        do=partial(revoke_exemption, exemption=exemption),
        refusal=permissions.why_not_revoke_exemption(request.user, exemption),
    ).page(request)
