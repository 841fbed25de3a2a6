"""The e-mail addresses that speak for units: bound and unbound by the office."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.mailbox.forms import BindForm
from pingyi.mailbox.operations.binding import bind_address, unbind_address
from pingyi.mailbox.permissions import why_not_look
from pingyi.mailbox.queries.addresses import addresses_visible_to
from pingyi.ui.deeds import Deed, done_or_refused, form_page
from pingyi.ui.lists import list_page

HERE = "mailbox:addresses"
SORTS = {
    "address": "address",
    "unit": "organization__name",
    "bound": "bound_at",
}


@require_safe
def addresses(request: Request) -> HttpResponse:
    """The addresses of the own part of the tree."""
    refuse(why_not_look(request.user))
    listing = list_page(
        request,
        addresses_visible_to(request.user, day_of(request.now)),
        search=("address", "organization__name", "organization__code"),
        sorts=SORTS,
        default="address",
    )
    return render(request, "mailbox/addresses.html", {"listing": listing})


@form_page
def bind(request: Request) -> HttpResponse:
    """Bind an address to a unit."""
    refuse(why_not_look(request.user))
    return Deed(
        title=_("Bind an e-mail address"),
        state=_("Forms that come from it are sealed and submitted in the unit's name."),
        form=BindForm(request.POST or None, actor=request.user, on=day_of(request.now)),
        submit=_("Bind"),
        do=bind_address,
        done=_("The address is bound."),
        back=reverse(HERE),
    ).page(request)


@require_POST
def unbind(request: Request, pk: int) -> HttpResponse:
    """What comes from an address is of nobody known from now on. Nobody else sees any."""
    found = get_object_or_404(addresses_visible_to(request.user, day_of(request.now)), pk=pk)
    do = partial(unbind_address, bound=found)
    return done_or_refused(request, do, back=reverse(HERE), said=_("The address is unbound."))
