"""E-mails that perhaps did not arrive: a person decides."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.notifications.operations.decide import leave, send_again
from pingyi.notifications.permissions import why_not_decide
from pingyi.notifications.queries.outbox import unclear as unclear_ones
from pingyi.notifications.queries.outbox import unclear_letters
from pingyi.ui.deeds import done_or_refused
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pingyi.notifications.models import Delivery, Letter
    from pingyi.notifications.queries.outbox import Mail

LETTERS_SHOWN = 50
HERE = "notifications:unclear"


@require_safe
def unclear(request: Request) -> HttpResponse:
    """What is perhaps sent, and what was given up."""
    listing = list_page(
        request,
        _all(request),
        search=("message__to__username", "message__to__name", "message__subject"),
        sorts={"at": "message__written_at", "who": "message__to__name"},
        default="-at",
    )
    letters = unclear_letters()[:LETTERS_SHOWN]
    return render(request, "notifications/unclear.html", {"listing": listing, "letters": letters})


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Send it once more."""
    return _sent_again(request, _one(request, pk))


@require_POST
def let_be(request: Request, pk: int) -> HttpResponse:
    """Let it be."""
    return _let_be(request, _one(request, pk))


@require_POST
def letter_again(request: Request, pk: int) -> HttpResponse:
    """Send a letter once more."""
    return _sent_again(request, _letter(request, pk))


@require_POST
def let_letter_be(request: Request, pk: int) -> HttpResponse:
    """Let a letter be."""
    return _let_be(request, _letter(request, pk))


def _sent_again(request: Request, one: "Mail") -> HttpResponse:
    do = partial(send_again, delivery=one)
    return done_or_refused(request, do, back=reverse(HERE), said=_("It is sent once more."))


def _let_be(request: Request, one: "Mail") -> HttpResponse:
    do = partial(leave, delivery=one)
    return done_or_refused(request, do, back=reverse(HERE), said=_("It is left as it is."))


def _all(request: Request) -> "QuerySet[Delivery]":
    """For the office at the top; for everybody else there is nothing."""
    if why_not_decide(request.user, request.now) is not None:
        raise Http404
    return unclear_ones()


def _one(request: Request, pk: int) -> "Delivery":
    return get_object_or_404(_all(request), pk=pk)


def _letter(request: Request, pk: int) -> "Letter":
    _all(request)
    return get_object_or_404(unclear_letters(), pk=pk)
