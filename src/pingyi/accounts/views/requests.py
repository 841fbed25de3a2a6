"""What the views of accounts share: who asks, and about whom."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from pingyi.accounts.permissions import why_not_manage_accounts
from pingyi.accounts.queries.accounts import users_visible_to
from pingyi.accounts.queries.seen import account_seen
from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def me_as_office(request: Request) -> "User":
    """The signed-in user where it is a campaign office; for everybody else there is nothing."""
    if why_not_manage_accounts(request.user) is not None:
        raise Http404
    return request.user


def account_of(request: Request, pk: int) -> "User":
    """An account of the office's part of the tree; outside there is nothing."""
    users = users_visible_to(me_as_office(request), day_of(request.now))
    return get_object_or_404(users.select_related("person"), pk=pk)


def edited(user: "User") -> Edited:
    """The account as its page shows it: what every deed of the page changes."""
    return Edited(f"account:{user.pk}", partial(account_seen, user.pk))
