"""How I want to be told: e-mail address, calendar."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi.accounts.requests import Request
from pingyi.notifications.forms import AddressForm
from pingyi.notifications.operations.wishes import choose_address, make_feed, revoke_feed
from pingyi.notifications.queries.messages import address_of, feed_of, trouble_of
from pingyi.ui.deeds import done, done_or_refused, form_page, status_of

HERE = "notifications:wishes"


@form_page
def wishes(request: Request) -> HttpResponse:
    """The own e-mail address and the calendar feed."""
    address = address_of(request.user)
    known = {"address": address.address, "is_wanted": address.is_wanted} if address else {}
    form = AddressForm(request.POST or None, initial=known or {"is_wanted": True})
    answer = done(request, form, choose_address, to=HERE, said=_("This is kept."))
    return answer or _page(request, form)


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
        "trouble": trouble_of(request.user),
        "feed": feed_of(request.user),
        "secret_url": secret_url,
        "quiet": settings.QUIET_HOURS,
    }
    return render(request, "notifications/wishes.html", context, status=status_of(form))
