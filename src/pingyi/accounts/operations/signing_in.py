"""Signing in with a name and a password; failures are counted, and make the next try wait.

Signing in is no deed: no line of the ledger. Nothing here waits itself.
"""

from datetime import datetime

from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from pingyi.accounts.enums import AccessKind
from pingyi.accounts.models import User
from pingyi.accounts.operations.access import note
from pingyi.accounts.operations.one_time_codes import check_one_time_code
from pingyi.accounts.operations.passwords import strengthen_password
from pingyi.accounts.operations.tries import begin_try, count_place, forget_try
from pingyi.accounts.queries.first_codes import has_first_code
from pingyi.accounts.queries.tries import Origin, failures_of, key_of, place_key, why_wait
from pingyi.core.refusals import Refusal, refuse


def sign_in(*, username: str, password: str, origin: Origin, now: datetime) -> User:
    """The account of this name and password, or first code.

    Refuses a wrong one with a sentence that names no cause, and a try that has to wait (`Wait`).
    A first code is never kept waiting: nobody guesses it, and with it the office helps whoever
    others keep from signing in.
    """
    account = User.objects.filter(username=username).first()
    key, place = key_of(username, account, origin), place_key(account, origin)
    if account is not None and has_first_code(account, password):
        forget_try(key=key)
        return account
    refuse(begin_try(key=key, place=place, now=now))
    found = authenticate(username=username, password=password)
    if not isinstance(found, User):
        note(AccessKind.PASSWORD_REFUSED, account=account, by=None, address=origin.address, now=now)
        if place:
            count_place(place=place, now=now)
        raise why_wait(failures_of(key), failures_of(place), now) or Refusal(
            _(
                "Sign-in name or password is wrong. After several failures the next try has to "
                "wait."
            ),
            code="wrong_sign_in",
        )
    forget_try(key=key)
    strengthen_password(user=found, password=password, now=now)
    return found


def check_code(*, user: User, code: str, address: str, now: datetime) -> TOTPDevice:
    """The device whose one-time code was typed after the password; a wrong one is refused."""
    found = check_one_time_code(user=user, code=code)
    if isinstance(found, Refusal):
        note(AccessKind.CODE_REFUSED, account=user, by=None, address=address, now=now)
        raise found
    return found
