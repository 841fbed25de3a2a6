"""What the views of accounts share: who asks, and refusals shown at the right field."""

from typing import TYPE_CHECKING

from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404

from pingyi.accounts import queries
from pingyi.accounts.permissions import why_not_manage_accounts
from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.accounts.models import User

FIELDS = {
    "username_taken": "username",
    "username_unfit": "username",
    "weak_password": "password",
    "wrong_password": "old_password",
    "wrong_code": "code",
    "wait": "code",
}


def me(request: Request) -> "User":
    """The signed-in user; views behind login_required only."""
    return request.user


def me_as_office(request: Request) -> "User":
    """The signed-in user where it is a campaign office; for everybody else there is nothing."""
    user = me(request)
    if why_not_manage_accounts(user) is not None:
        raise Http404
    return user


def account_of(request: Request, pk: int) -> "User":
    """An account of the office's part of the tree; outside there is nothing."""
    users = queries.users_visible_to(me_as_office(request), day_of(request.now))
    return get_object_or_404(users.select_related("person"), pk=pk)


def show_refusal(form: Form, refusal: Refusal) -> None:
    """Put a refusal where the person looks: at the field it is about, else above the form."""
    field = FIELDS.get(refusal.code)
    sentences = [str(sentence) for sentence in refusal.details] or [str(refusal)]
    for sentence in sentences:
        form.add_error(field if field in form.fields else None, sentence)
