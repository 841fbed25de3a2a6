"""How I want to be told: e-mail address, calendar."""

from functools import partial

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi.accounts.requests import Request
from pingyi.notifications.forms import AddressForm
from pingyi.notifications.operations.wishes import (
    choose_address,
    confirm_address,
    make_feed,
    revoke_feed,
)
from pingyi.notifications.permissions import not_this_link
from pingyi.notifications.queries.links import address_meant, is_link
from pingyi.notifications.queries.messages import address_of, feed_of, trouble_of
from pingyi.ui.deeds import Deed, done, done_or_refused, form_page, status_of

HERE = "notifications:wishes"


@form_page
def wishes(request: Request) -> HttpResponse:
    """The own e-mail address and the calendar feed."""
    address = address_of(request.user)
    known = {"address": address.address, "is_wanted": address.is_wanted} if address else {}
    form = AddressForm(request.POST or None, initial=known or {"is_wanted": True})
    answer = done(request, form, choose_address, to=HERE, said=_("This is kept."))
    return answer or _page(request, form)


@form_page
def confirm(request: Request, token: str) -> HttpResponse:
    """Whoever came by the link that was sent to an address says that it is theirs."""
    if not is_link(token):
        raise Http404
    address = address_meant(request.user, token, request.now)
    said = {"name": request.user.username, "address": address}
    return Deed(
        title=_("Confirm your e-mail address"),
        state=_("Messages to the account %(name)s are then sent to %(address)s as well.") % said
        if address
        else "",
        form=forms.Form(request.POST if request.method == "POST" else None),
        submit=_("Confirm"),
        do=partial(confirm_address, token=token),
        done=_("The address is confirmed: your messages are sent there as well."),
        back=reverse(HERE),
        refusal=None if address else not_this_link(),
    ).page(request)


@require_POST
def make_calendar(request: Request) -> HttpResponse:
    """A secret address, shown this once."""

    def shown(secret: str) -> HttpResponse:
        path = reverse("notifications:feed", args=[secret])
        known = address_of(request.user)
        initial = {"address": known.address, "is_wanted": known.is_wanted} if known else {}
        return _page(request, AddressForm(initial=initial), request.build_absolute_uri(path))

    return done_or_refused(request, make_feed, back=reverse(HERE), to=shown)


@require_POST
def revoke_calendar(request: Request) -> HttpResponse:
    """The secret address leads nowhere any more."""
    said = _("The calendar address leads nowhere any more.")
    return done_or_refused(request, revoke_feed, back=reverse(HERE), said=said)


def _page(request: Request, form: AddressForm, secret_url: str = "") -> HttpResponse:
    context = {
        "form": form,
        "sends_mail": settings.MAIL is not None,
        "address": address_of(request.user),
        "trouble": trouble_of(request.user),
        "feed": feed_of(request.user),
        "secret_url": secret_url,
        "quiet": settings.QUIET_HOURS,
    }
    return render(request, "notifications/wishes.html", context, status=status_of(form))
