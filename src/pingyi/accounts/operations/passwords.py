"""Passwords: the own one, and a new one by the office."""

from datetime import datetime

from django.contrib.auth.hashers import (
    check_password,
    get_hasher,
    identify_hasher,
    make_password,
)
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from pingyi.accounts.enums import AccessKind, LedgerKind
from pingyi.accounts.models import User
from pingyi.accounts.operations.access import note
from pingyi.accounts.operations.record import locked, record
from pingyi.accounts.operations.tries import forget_tries
from pingyi.accounts.permissions import why_not_set_password
from pingyi.accounts.queries.accounts import Actor
from pingyi.core.refusals import Refusal, refuse

# A sentence of Django that its own Chinese lacks: taken up here, it is translated with ours.
_OF_DJANGO = ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)


def why_password_is_weak(password: str, user: User) -> Refusal | None:
    """What Django's validators say against a password, each cause among the details."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return Refusal(
            _("This password is too easy to guess."), code="weak_password", details=error.messages
        )
    return None


def change_own_password(*, old_password: str, password: str, by: User, now: datetime) -> None:
    """Change the own password. Refuses a wrong old one and a weak new one."""
    # Hashed before the transaction: it takes a tenth of a second and more, and others would wait.
    seen = User.objects.values_list("password", flat=True).get(pk=by.pk)
    is_own, hashed = check_password(old_password, seen), make_password(password)
    with transaction.atomic():
        account = locked(by)
        if not is_own or account.password != seen:
            raise Refusal(_("This is not your present password."), code="wrong_password")
        refuse(why_password_is_weak(password, account))
        write_password(account, hashed)
        # The session of this very browser goes on with it; all others end.
        by.password = account.password
        record(LedgerKind.PASSWORD_CHANGED, account, {}, by=by, now=now)


def set_password(*, user: User, password: str, by: Actor, now: datetime) -> None:
    """Give another person a new password, which also ends a wait after failed sign-ins."""
    hashed = make_password(password)
    with transaction.atomic():
        account = locked(user)
        refuse(why_not_set_password(by, account, now))
        refuse(why_password_is_weak(password, account))
        write_password(account, hashed)
        forget_tries(account)
        note(AccessKind.PASSWORD_SET, account=account, by=by, now=now)
        record(LedgerKind.PASSWORD_SET, account, {}, by=by, now=now)


def strengthen_password(*, user: User, password: str, now: datetime) -> None:
    """Write a password that was just found right anew, where it would be written stronger today.

    So it is after an upgrade with more rounds, or another way of hashing. The line makes the change
    of the row a deed.
    """
    if not (user.has_usable_password() and _is_weaker(user.password)):
        return
    hashed = make_password(password)
    with transaction.atomic():
        account = locked(user)
        # A password that was replaced meanwhile stays.
        if account.password != user.password:
            return
        write_password(account, hashed)
        # The session of this very browser goes on with it.
        user.password = account.password
        record(LedgerKind.PASSWORD_STRENGTHENED, account, {}, by=account, now=now)


def _is_weaker(encoded: str) -> bool:
    today = get_hasher()
    return identify_hasher(encoded).algorithm != today.algorithm or today.must_update(encoded)


def write_password(account: User, hashed: str) -> None:
    """The row, with the password as it is kept; whether it may be taken is asked before."""
    account.password = hashed
    account.save(update_fields=["password"])
