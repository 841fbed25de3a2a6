"""The message centre: what somebody is told, read and not read."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.notifications.operations.read import read, read_all, unread
from pingyi.notifications.queries.messages import messages_of, unread_count
from pingyi.ui.deeds import done_or_refused
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.notifications.models import Message

HERE = "notifications:list"


@require_safe
def inbox(request: Request) -> HttpResponse:
    """All messages to whoever asks, the latest first; `?unread=1` shows those not read."""
    unread_only = request.GET.get("unread") == "1"
    listing = list_page(
        request,
        messages_of(request.user, unread_only=unread_only),
        search=("subject", "text"),
        sorts={"at": "written_at", "subject": "subject"},
        default="-at",
    )
    context = {
        "listing": listing,
        "unread_only": unread_only,
        "unread": unread_count(request.user.pk),
    }
    return render(request, "notifications/list.html", context)


@require_safe
def message(request: Request, pk: int) -> HttpResponse:
    """One message, whole."""
    return render(request, "notifications/message.html", {"message_": _mine(request, pk)})


@require_POST
def read_one(request: Request, pk: int) -> HttpResponse:
    """Read; on to where it is done, unless it is only to be marked."""
    found = _mine(request, pk)
    on = "" if "stay" in request.POST else found.link
    return done_or_refused(request, partial(read, message=found), back=on or reverse(HERE))


@require_POST
def unread_one(request: Request, pk: int) -> HttpResponse:
    """Back among those not read."""
    found = _mine(request, pk)
    return done_or_refused(request, partial(unread, message=found), back=reverse(HERE))


@require_POST
def read_everything(request: Request) -> HttpResponse:
    """All of them are read."""
    return done_or_refused(request, read_all, back=reverse(HERE), said=_read_text)


def _read_text(number: int) -> str:
    if not number:
        return _("There was nothing that was not read.")
    words = ngettext("%(n)d message is read now.", "%(n)d messages are read now.", number)
    return words % {"n": number}


def _mine(request: Request, pk: int) -> "Message":
    """A message to whoever asks; those to others are not found."""
    return get_object_or_404(messages_of(request.user), pk=pk)
