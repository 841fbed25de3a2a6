"""Many items assigned at once: ticked in the list, to one person with one measure and one day."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.core.refusals import Refusal
from pingyi.rectification.forms import AssignForm
from pingyi.rectification.operations.steps import assign_many
from pingyi.rectification.permissions import why_not_assign_together
from pingyi.rectification.queries.items import items_visible_to
from pingyi.rectification.views.choosing import keys_of
from pingyi.rectification.views.viewing import campaign_in_sight, page_of
from pingyi.ui.deeds import Deed, form_page

if TYPE_CHECKING:
    from pingyi.rectification.models import Item


@form_page
def assign_ticked(request: Request, campaign_code: str) -> HttpResponse:
    """Say who puts all of them right, how, and by when; one that cannot be assigned is named."""
    campaign = campaign_in_sight(request, campaign_code)
    given = request.POST if request.method == "POST" else request.GET
    keys = keys_of(given.getlist("item"))
    items = list(items_visible_to(request.user, campaign).filter(pk__in=keys))
    return Deed(
        title=_("Assign %(n)d items") % {"n": len(items)},
        state=campaign.name,
        form=AssignForm(request.POST or None),
        submit=_("Assign"),
        do=partial(assign_many, items=items),
        done=_("Assigned: %(n)d items.") % {"n": len(items)},
        back=f"{page_of('items', campaign_code)}?state=registered",
        refusal=_why_not(request, items),
        template="rectification/assign.html",
        context=lambda: {"items": items},
    ).page(request)


def _why_not(request: Request, items: "list[Item]") -> Refusal | None:
    """Of the ticked ones those that cannot be assigned, each with its number."""
    if not items:
        return Refusal(_("Choose at least one of them."), code="nothing_chosen")
    reasons = [(item, why_not_assign_together(request.user, item)) for item in items]
    details = [
        _("No. %(number)d: %(reason)s") % {"number": item.number, "reason": reason}
        for item, reason in reasons
        if reason is not None
    ]
    if not details:
        return None
    return Refusal(_("These cannot be assigned:"), code="not_all", details=details)
