"""Accounts for many people at once, and the slips with which they sign in first."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pingyi.accounts import permissions
from pingyi.accounts.exports import slips_pdf
from pingyi.accounts.forms import ManyForm, SlipsForm
from pingyi.accounts.operations import first_codes
from pingyi.accounts.operations.many import create_accounts
from pingyi.accounts.queries.accounts import tell_accounts_apart
from pingyi.accounts.queries.candidates import candidates, people_for
from pingyi.accounts.queries.first_codes import slips_at, slips_of
from pingyi.accounts.requests import Request, address_for_others
from pingyi.accounts.views.requests import account_of, edited, me_as_office
from pingyi.core.clock import day_of
from pingyi.organizations.queries import tell_apart
from pingyi.ui.deeds import done, done_or_refused, form_page
from pingyi.ui.downloads import download, file_name
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.accounts.models import User


@form_page
def create_many(request: Request) -> HttpResponse:
    """Choose a role and an organization, see whom that names, make their accounts."""
    office, on = me_as_office(request), day_of(request.now)
    asked = request.POST if request.method == "POST" else request.GET
    form = ManyForm(asked or None, actor=office, on=on)
    answer = done(
        request,
        form,
        create_accounts,
        to=lambda _made: f"{reverse('accounts:slips')}?{_code_in_address(form)}",
        said=lambda made: _made_text(len(made)),
    )
    if answer is not None:
        return answer
    context = {"form": form, **_named(request, form)}
    return render(request, "accounts/many.html", context)


def _code_in_address(form: ManyForm) -> str:
    return urlencode({"organization": form.cleaned_data["organization"].code})


def _named(request: Request, form: ManyForm) -> dict[str, object]:
    """Whom the register names for the choice, and why they may get no account."""
    if not form.is_valid():
        return {}
    choice = form.choice()
    on = day_of(request.now)
    people = people_for(**choice, on=on, by=me_as_office(request))
    listed = list_page(
        request, people, search=("name",), sorts={"name": ("name", "pk")}, default="name"
    )
    tell_apart(listed.page, on)
    reason = permissions.why_not_create_accounts(me_as_office(request), **choice, now=request.now)
    return {"listed": listed, "rows": candidates(listed.page), "refusal": reason}


def _made_text(number: int) -> str:
    return ngettext(
        "%(number)d account is made. Print its slip now.",
        "%(number)d accounts are made. Print their slips now.",
        number,
    ) % {"number": number}


@form_page
def slips(request: Request) -> HttpResponse:
    """Who has no password yet; POST answers with the slips of all who are listed, as PDF."""
    office, on = me_as_office(request), day_of(request.now)
    users = slips_of(office, on)
    form = SlipsForm(request.GET or None, actor=office, on=on)
    if form.is_bound:
        organization = form.cleaned_data.get("organization") if form.is_valid() else None
        if organization is not None:
            users = slips_at(users, organization, on)
        elif form.errors:
            users = users.none()
    sorts = {"username": "username", "name": "name"}
    listed = list_page(request, users, search=("username", "name"), sorts=sorts, default="name")
    if request.method == "POST":
        found = cast("Sequence[User]", listed.page.paginator.object_list)
        return _slips(request, found, request.get_full_path())
    tell_accounts_apart(listed.page, on)
    context = {
        "form": form,
        "listed": listed,
        "address": address_for_others(request, reverse("accounts:sign-in")),
    }
    return render(request, "accounts/slips.html", context)


@require_POST
def slip(request: Request, pk: int) -> HttpResponse:
    """The slip of one account as PDF."""
    return _slips(request, [account_of(request, pk)], reverse("accounts:detail", args=[pk]))


@require_POST
def make_first_code(request: Request, pk: int) -> HttpResponse:
    """The password is lost: void it, so that a slip can be printed."""
    user = account_of(request, pk)
    return done_or_refused(
        request,
        partial(first_codes.make_first_code, user=user),
        back=reverse("accounts:detail", args=[pk]),
        said=_("The password is void. Print the slip and hand it over."),
        edits=edited(user),
    )


def _slips(request: Request, users: "Sequence[User]", back: str) -> HttpResponse:
    """The slips of accounts as PDF; back to where the button was, with why not."""

    def printed(by: "User", now: datetime) -> bytes:
        accounts = first_codes.print_first_codes(users=users, by=by, now=now)
        tell_accounts_apart(accounts, day_of(now))
        return slips_pdf(accounts, address_for_others(request, reverse("accounts:sign-in")))

    whose = users[0].name if len(users) == 1 else day_of(request.now).isoformat()
    name = file_name(_("Sign-in slips"), whose, kind="pdf")
    return done_or_refused(request, printed, back=back, to=partial(_as_file, name))


def _as_file(name: str, content: bytes) -> HttpResponse:
    answer = download(content, name)
    answer["Cache-Control"] = "no-store"
    return answer
