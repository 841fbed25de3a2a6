"""Accounts for many people at once, and the slips with which they sign in first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pingyi.accounts import operations, permissions, queries
from pingyi.accounts.exports import slips_pdf
from pingyi.accounts.forms import ManyForm, SlipsForm
from pingyi.accounts.requests import Request
from pingyi.accounts.views.requests import account_of, me_as_office, show_refusal
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.accounts.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_many(request: Request) -> HttpResponse:
    """Choose a role and an organization, see whom that names, make their accounts."""
    office, on = me_as_office(request), day_of(request.now)
    asked = request.POST if request.method == "POST" else request.GET
    form = ManyForm(asked or None, actor=office, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_accounts(**form.choice(), by=office, now=request.now)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _made_text(len(made)))
            code = urlencode({"organization": form.cleaned_data["organization"].code})
            return redirect(f"{reverse('accounts:slips')}?{code}")
    context = {"form": form, **_named(request, form)}
    return render(request, "accounts/many.html", context)


def _named(request: Request, form: ManyForm) -> dict[str, object]:
    """Whom the register names for the choice, and why they may get no account."""
    if not form.is_valid():
        return {}
    choice = form.choice()
    people = queries.people_for(**choice, on=day_of(request.now))
    listed = list_page(
        request, people, search=("name",), sorts={"name": ("name", "pk")}, default="name"
    )
    reason = permissions.why_not_create_accounts(me_as_office(request), **choice, now=request.now)
    return {"listed": listed, "rows": queries.candidates(listed.page), "refusal": reason}


def _made_text(number: int) -> str:
    return ngettext(
        "%(number)d account is made. Print its slip now.",
        "%(number)d accounts are made. Print their slips now.",
        number,
    ) % {"number": number}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: Request) -> HttpResponse:
    """Who has no password yet; POST answers with the slips of all who are listed, as PDF."""
    office, on = me_as_office(request), day_of(request.now)
    users = queries.slips_of(office, on)
    form = SlipsForm(request.GET or None, actor=office, on=on)
    if form.is_bound:
        organization = form.cleaned_data.get("organization") if form.is_valid() else None
        if organization is not None:
            users = queries.slips_at(users, organization, on)
        elif form.errors:
            users = users.none()
    sorts = {"username": "username", "name": "name"}
    listed = list_page(request, users, search=("username", "name"), sorts=sorts, default="name")
    if request.method == "POST":
        found = cast("Sequence[User]", listed.page.paginator.object_list)
        return _slips(request, found, request.get_full_path())
    context = {"form": form, "listed": listed}
    return render(request, "accounts/slips.html", context)


@login_required
@require_POST
def slip(request: Request, pk: int) -> HttpResponse:
    """The slip of one account as PDF."""
    return _slips(request, [account_of(request, pk)], reverse("accounts:detail", args=[pk]))


@login_required
@require_POST
def make_first_code(request: Request, pk: int) -> HttpResponse:
    """The password is lost: void it, so that a slip can be printed."""
    user, office = account_of(request, pk), me_as_office(request)
    try:
        operations.make_first_code(user=user, by=office, now=request.now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The password is void. Print the slip and hand it over."))
    return redirect("accounts:detail", pk=pk)


def _slips(request: Request, users: "Sequence[User]", back: str) -> HttpResponse:
    """The slips of accounts as PDF; back to where the button was, with why not."""
    office = me_as_office(request)
    try:
        accounts = operations.print_first_codes(users=users, by=office, now=request.now)
        address = request.build_absolute_uri(reverse("accounts:sign-in"))
        content = slips_pdf(accounts, address)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="slips.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
