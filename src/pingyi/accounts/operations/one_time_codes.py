"""One-time codes (RFC 6238) as a second step at sign-in; everybody may use them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from pingyi.accounts.enums import LedgerKind
from pingyi.accounts.models import User
from pingyi.accounts.operations.record import locked, record
from pingyi.accounts.permissions import (
    why_not_remove_one_time_code,
    why_not_start_one_time_code,
)
from pingyi.accounts.queries.accounts import Actor, confirmed_device, pending_device
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import Rows


@transaction.atomic
def start_one_time_code(*, by: User, now: datetime) -> TOTPDevice:
    """A new secret for the authenticator app; counts only once confirmed by a code from it."""
    account = locked(by)
    refuse(why_not_start_one_time_code(account))
    former = _devices(account)
    TOTPDevice.objects.filter(user=account, confirmed=False).delete()
    device: TOTPDevice = TOTPDevice.objects.create(user=account, name="app", confirmed=False)
    rows = [former, device]
    record(LedgerKind.ONE_TIME_CODE_STARTED, account, {}, by=by, now=now, rows=rows)
    return device


@transaction.atomic
def confirm_one_time_code(*, code: str, by: User, now: datetime) -> None:
    """The app is set up: from now on its codes are asked for at sign-in."""
    account = locked(by)
    refuse(why_not_start_one_time_code(account))
    device = pending_device(account)
    if device is None:
        raise Refusal(_("Start setting up one-time codes first."), code="not_started")
    # Nothing is gained by guessing here: the secret stands on the same page.
    if not device.verify_token(_digits(code)):
        raise Refusal(
            _("This code does not fit. Check the clock of your phone and type the newest code."),
            code="wrong_code",
        )
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record(LedgerKind.ONE_TIME_CODE_CONFIRMED, account, {}, by=by, now=now, rows=[device])


@transaction.atomic
def remove_one_time_code(*, user: User, by: Actor, now: datetime) -> None:
    """No codes are asked for any more: by the office after a lost phone, or what the owner has only
    begun to set up.
    """
    account = locked(user)
    refuse(why_not_remove_one_time_code(by, account, now))
    _remove(account, by=by, now=now)


def give_up_one_time_code(*, code: str, by: User, now: datetime) -> None:
    """The owner wants no codes any more, and proves it with one. Wrong ones are counted."""
    checked = check_one_time_code(user=by, code=code)
    if isinstance(checked, Refusal):
        raise checked
    with transaction.atomic():
        _remove(locked(by), by=by, now=now)


def _remove(account: User, *, by: Actor, now: datetime) -> None:
    former = _devices(account)
    TOTPDevice.objects.filter(user=account).delete()
    record(LedgerKind.ONE_TIME_CODE_REMOVED, account, {}, by=by, now=now, rows=[former])


@transaction.atomic
def check_one_time_code(*, user: User, code: str) -> TOTPDevice | Refusal:
    """The device whose code this is, or why not. Every failure makes the next wait longer.

    Answers with the refusal instead of raising it, so that the failure is counted: an exception
    would roll the count back. A code is good once. No ledger line: signing in is no deed.
    """
    locked(user)
    device = confirmed_device(user)
    if device is None:
        return Refusal(_("No one-time codes are in use."), code="not_in_use")
    is_allowed, _reason = device.verify_is_allowed()
    if not is_allowed:
        return Refusal(
            _("Too many wrong codes. Please wait a moment before the next one."), code="wait"
        )
    if device.verify_token(_digits(code)):
        return device
    return Refusal(_("This code does not fit. Please type the newest one."), code="wrong_code")


def _devices(account: User) -> Rows:
    """The devices that an account has now, each of which may be about to go."""
    return Rows(
        TOTPDevice, list(TOTPDevice.objects.filter(user=account).values_list("pk", flat=True))
    )


def _digits(code: str) -> str:
    """The code without the spaces that apps show."""
    return "".join(code.split())
