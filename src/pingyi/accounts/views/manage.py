"""The campaign office manages the accounts of its subtree; what lies outside is 404."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from pingyi.accounts import permissions
from pingyi.accounts.forms import (
    CreateAccountForm,
    NewPasswordForm,
    PersonForm,
    PersonSearchForm,
    RoleForm,
)
from pingyi.accounts.operations import accounts as account_deeds
from pingyi.accounts.operations import grants, passwords
from pingyi.accounts.operations.one_time_codes import remove_one_time_code
from pingyi.accounts.queries.accounts import (
    confirmed_device,
    grants_of,
    history_of,
    people_seen_by,
    tell_accounts_apart,
    users_visible_to,
)
from pingyi.accounts.queries.first_codes import waits_for_password
from pingyi.accounts.queries.proposals import proposals_of
from pingyi.accounts.requests import Request
from pingyi.accounts.views.requests import account_of, edited, me_as_office
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.organizations.queries import tell_apart
from pingyi.ui.deeds import (
    Deed,
    done,
    done_or_refused,
    form_page,
    refused,
    status_of,
)
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from datetime import datetime

    from pingyi.accounts.models import Grant, Proposal, User

SORTS = {
    "username": "username",
    "name": "name",
    "last": "last_login",
    "state": "is_active",
}


@require_GET
def accounts(request: Request) -> HttpResponse:
    """All accounts of the subtree: search, sort, pages."""
    users = users_visible_to(me_as_office(request), day_of(request.now))
    listed = list_page(request, users, search=("username", "name"), sorts=SORTS, default="username")
    tell_accounts_apart(listed.page, day_of(request.now))
    return render(request, "accounts/list.html", {"listed": listed})


@sensitive_post_parameters("password", "again")
@form_page
def create(request: Request) -> HttpResponse:
    """A new account with its first role."""
    office = me_as_office(request)
    return Deed(
        title=_("New account"),
        state=_("Hand over the first password in person; its owner changes it under “My account”."),
        form=CreateAccountForm(request.POST or None, actor=office, on=day_of(request.now)),
        submit=_("Make account"),
        do=account_deeds.create_account,
        done=_("The account is made. Hand over the password in person."),
        back=reverse("accounts:list"),
        to=_page_of,
    ).page(request)


@require_GET
def detail(request: Request, pk: int) -> HttpResponse:
    """Roles, password, person and history of one account."""
    return _page(request, account_of(request, pk))


@require_POST
def grant(request: Request, pk: int) -> HttpResponse:
    """Give one more role."""
    user = account_of(request, pk)
    form = RoleForm(request.POST, actor=request.user, on=day_of(request.now))
    answer = done(
        request,
        form,
        partial(grants.grant_role, user=user),
        to=_page_of(user),
        said=_said_of_role,
        edits=edited(user),
    )
    return answer or _page(request, user, role_form=form)


def _said_of_role(made: "Grant | Proposal") -> str:
    if made._meta.model_name == "proposal":
        return _("The role is proposed. A second person of the campaign office has to confirm it.")
    return _("The role is given.")


@require_POST
def end_grant(request: Request, pk: int, grant_pk: int) -> HttpResponse:
    """End one role."""
    user = account_of(request, pk)
    grant = get_object_or_404(grants_of(user), pk=grant_pk)
    return done_or_refused(
        request,
        partial(grants.end_grant, grant=grant),
        back=_page_of(user),
        said=_("The role has ended."),
        edits=edited(user),
    )


@sensitive_post_parameters()
@require_POST
def set_password(request: Request, pk: int) -> HttpResponse:
    """A new password for somebody who lost theirs or has to wait."""
    user = account_of(request, pk)
    form = NewPasswordForm(request.POST)
    answer = done(
        request,
        form,
        partial(passwords.set_password, user=user),
        to=_page_of(user),
        said=_(
            "The new password is set. After failed sign-ins nothing is to be waited for any more."
        ),
        edits=edited(user),
    )
    return answer or _page(request, user, password_form=form)


@require_POST
def deactivate(request: Request, pk: int) -> HttpResponse:
    """The account may no longer sign in."""
    return _done(request, pk, account_deeds.deactivate, _("The account is deactivated."))


@require_POST
def reactivate(request: Request, pk: int) -> HttpResponse:
    """The account may sign in again."""
    return _done(request, pk, account_deeds.reactivate, _("The account may sign in again."))


@require_POST
def remove_code_of(request: Request, pk: int) -> HttpResponse:
    """The phone is lost: no codes are asked for until they are set up again."""
    said = _("One-time codes are no longer asked for.")
    return _done(request, pk, remove_one_time_code, said)


@require_POST
def link_person(request: Request, pk: int) -> HttpResponse:
    """Say who of the register this is."""
    user = account_of(request, pk)
    form = PersonForm(request.POST, actor=request.user, on=day_of(request.now))
    if not form.is_valid():
        nobody = Refusal(_("Choose one of the people found."), code="nobody_chosen")
        return refused(request, nobody, _page_of(user))
    deed = partial(account_deeds.link_person, person=form.cleaned_data["person"])
    return _done(request, pk, deed, _said_of_link)


def _said_of_link(proposal: "Proposal | None") -> str:
    if proposal is not None:
        return _(
            "This person holds a post or is in charge. A second person of the campaign office has "
            "to confirm that the account is theirs."
        )
    return _("The account belongs to this person now.")


@require_POST
def unlink_person(request: Request, pk: int) -> HttpResponse:
    """Take the link to a person away."""
    deed = partial(account_deeds.link_person, person=None)
    return _done(request, pk, deed, _("The account belongs to nobody of the register now."))


def _done(
    request: Request, pk: int, deed: Callable[..., Any], said: str | Callable[[Any], str]
) -> HttpResponse:
    """The deed of a button on the page of an account."""
    user = account_of(request, pk)
    return done_or_refused(
        request, partial(deed, user=user), back=_page_of(user), said=said, edits=edited(user)
    )


def _page_of(user: "User") -> str:
    return reverse("accounts:detail", args=[user.pk])


def _proposals(user: "User", office: "User", now: "datetime") -> list[tuple[Any, ...]]:
    """What is proposed for an account: whether the reader sees the person, what they cannot do."""
    found = list(proposals_of(user))
    seen = people_seen_by(office, [row.person_id for row in found], day_of(now))
    tell_apart([row.person for row in found if row.person is not None], day_of(now))
    return [
        (
            row,
            row.person_id in seen,
            permissions.why_not_confirm(office, row, now),
            permissions.why_not_refuse(office, row, now),
            permissions.why_not_withdraw(office, row, now),
        )
        for row in found
    ]


def _page(request: Request, user: "User", **forms: BaseForm) -> HttpResponse:
    """The account with all its forms; those of `forms` show what was wrong with them."""
    office, now = me_as_office(request), request.now
    tell_accounts_apart([user], day_of(now))
    if user.person is not None:
        user.person.told_apart = user.told_apart
    text = request.GET.get("person_name", "").strip()
    context = {
        "account": user,
        "edits": edited(user),
        "grants": [
            (row, permissions.why_not_end_grant(office, row, now)) for row in grants_of(user)
        ],
        "proposals": _proposals(user, office, now),
        "history": history_of(user),
        "uses_codes": confirmed_device(user) is not None,
        "manage_refusal": permissions.why_not_manage(office, user, now),
        "password_refusal": permissions.why_not_set_password(office, user, now),
        "code_refusal": permissions.why_not_make_first_code(office, user, now),
        "deactivate_refusal": permissions.why_not_deactivate(office, user, now),
        "slip_refusal": permissions.why_not_print_first_code(office, user, now),
        "waits_for_password": waits_for_password(user),
        "reactivate_refusal": permissions.why_not_reactivate(office, user, now),
        "remove_code_refusal": permissions.why_not_remove_one_time_code(office, user, now),
        "role_form": RoleForm(actor=office, on=day_of(now)),
        "password_form": NewPasswordForm(),
        "search_form": PersonSearchForm(initial={"person_name": text}),
        "person_text": text,
        "person_form": PersonForm(actor=office, on=day_of(now), text=text) if text else None,
        **forms,
    }
    return render(request, "accounts/detail.html", context, status=status_of(*forms.values()))
