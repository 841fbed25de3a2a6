"""Urging those whom a list of the missing names: by message, by a text to copy, by telephone."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from pingyi.accounts.requests import Request
from pingyi.notifications.doors import MISSING
from pingyi.notifications.forms import UrgeForm
from pingyi.notifications.operations.urge import urge as urge_them
from pingyi.notifications.queries.urges import urges_of, words_for, words_for_a_chat
from pingyi.ui.deeds import done, form_page, status_of
from pingyi.ui.lists import list_page

PER_PAGE, PER_PRINT = 100, 5_000


@form_page
def urge(request: Request, what: str, **place: str) -> HttpResponse:
    """A list that an address of its room offers: POST tells those who are chosen.

    `?print=1` is the list with room for telephone numbers, all of it.
    """
    missing = MISSING[what](request.user, place, request.GET.dict(), request.now)
    debtors = missing.debtors()
    form = UrgeForm(request.POST or None, initial={"text": words_for(missing), "to": "all"})
    form.offer([debtor.key for debtor in debtors])
    do = partial(urge_them, what=what, missing=missing)
    answer = done(request, form, do, to=missing.page, said=lambda row: _said(row.people))
    if answer is not None:
        return answer
    is_print = request.GET.get("print") == "1"
    listing = list_page(
        request,
        debtors,
        search=("name", "place"),
        sorts={"place": "place", "name": "name"},
        default="place",
        per_page=PER_PRINT if is_print else PER_PAGE,
    )
    context = {
        "missing": missing,
        "form": form,
        "listing": listing,
        "urges": urges_of(what, missing.place),
        "chat": words_for_a_chat(missing, list(listing.page)),
        "is_print": is_print,
        "with_account": sum(1 for debtor in debtors if debtor.accounts),
    }
    return render(request, "notifications/urge.html", context, status=status_of(form))


def _said(people: int) -> str:
    words = ngettext("%(n)d person is urged.", "%(n)d people are urged.", people)
    return words % {"n": people}
