"""What came into the mailbox, for the office."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.mailbox.permissions import why_not_look
from pingyi.mailbox.queries.mails import last_look, mails_visible_to
from pingyi.notifications.queries import looks_after_mail
from pingyi.ui.lists import list_page

SORTS = {
    "received": "received_at",
    "sender": "sender",
    "unit": "organization__name",
    "outcome": "outcome",
}


@require_safe
def mails(request: Request) -> HttpResponse:
    """The e-mails of the own part of the tree, the latest first."""
    refuse(why_not_look(request.user))
    on = day_of(request.now)
    listing = list_page(
        request,
        mails_visible_to(request.user, on),
        search=("sender", "subject", "organization__name"),
        sorts=SORTS,
        default="-received",
    )
    context = {
        "listing": listing,
        "address": settings.MAILBOX_ADDRESS if settings.MAILBOX else "",
        "look": last_look() if looks_after_mail(request.user, on) else None,
    }
    return render(request, "mailbox/list.html", context)


@require_safe
def mail(request: Request, pk: int) -> HttpResponse:
    """One of them: what became of each form, and what was answered. Nobody else sees any."""
    found = get_object_or_404(mails_visible_to(request.user, day_of(request.now)), pk=pk)
    return render(request, "mailbox/mail.html", {"mail": found})
