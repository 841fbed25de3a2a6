"""The code an account is first signed in with, until its owner has chosen a password.

It is never stored: it follows from the account and the secret key, so that a lost slip can be
printed again, and it is void as soon as the account has a password.
"""

from base64 import b32encode
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from pingyi.accounts.enums import Right
from pingyi.accounts.models import Grant, User
from pingyi.accounts.queries.accounts import Actor, tops, users_visible_to
from pingyi.organizations.queries import below

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization

SALT = "pingyi.accounts.first_code"
LENGTH, GROUP = 12, 4
"""Twelve characters of base32 (RFC 4648) are 60 bits; they are shown in fours."""
MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})
"""Digits that base32 does not have are letters read wrongly."""


def first_code(user: User) -> str:
    """The code of an account that has no password yet, as `K7QX-M2PD-RTAB`."""
    if user.has_usable_password():
        raise ValueError("an account with a password has no first code")
    digest = salted_hmac(SALT, f"{user.pk}:{user.password}", algorithm="sha256").digest()
    text = b32encode(digest).decode()[:LENGTH]
    return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def waits_for_password(user: User) -> bool:
    """Whether the account still has no password of its own."""
    return not user.has_usable_password()


def slips_of(actor: Actor, on: date) -> QuerySet[User]:
    """The accounts whose slips the actor may print: without a password, active, and with no role
    outside the actor's part of the tree.
    """
    users = users_visible_to(actor, on).filter(
        password__startswith=UNUSABLE_PASSWORD_PREFIX, is_active=True
    )
    if actor is None:
        return users
    inside = below(tops(actor, Right.MANAGE_ACCOUNTS), on)
    theirs = Grant.objects.filter(user=OuterRef("pk"), ended_at__isnull=True)
    return users.exclude(pk=actor.pk).filter(~Exists(theirs.exclude(organization_id__in=inside)))


def slips_at(users: QuerySet[User], organization: "Organization", on: date) -> QuerySet[User]:
    """Those of the accounts that have a role at or below an organization."""
    inside = below([organization.pk], on)
    theirs = Grant.objects.filter(user=OuterRef("pk"), ended_at__isnull=True)
    return users.filter(Exists(theirs.filter(organization_id__in=inside)))


def has_first_code(user: User, typed: str) -> bool:
    """Whether the first code of the account was typed where the password belongs."""
    if user.has_usable_password() or not user.is_active:
        return False
    letters = "".join(one for one in typed.upper() if one.isalnum())
    wanted = first_code(user).replace("-", "")
    return constant_time_compare(letters.translate(MISREAD), wanted)
