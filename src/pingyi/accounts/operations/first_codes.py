"""The first sign-in: a code on a slip, then a password of one's own."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.enums import AccessKind, LedgerKind
from pingyi.accounts.models import User
from pingyi.accounts.operations.access import note
from pingyi.accounts.operations.many import MOST_AT_ONCE
from pingyi.accounts.operations.passwords import why_password_is_weak, write_password
from pingyi.accounts.operations.record import line, locked, record
from pingyi.accounts.operations.tries import forget_tries
from pingyi.accounts.permissions import why_not_make_first_code
from pingyi.accounts.queries.accounts import Actor, open_grants
from pingyi.accounts.queries.first_codes import slips_of
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import append_many


@transaction.atomic
def print_first_codes(*, users: Sequence[User], by: Actor, now: datetime) -> list[User]:
    """Note that the slips of these accounts are printed, and answer with the accounts as they are.

    They come by organization and name, to be handed out. Refuses none and more than MOST_AT_ONCE;
    where one of them has a password by now, is deactivated or lies outside, none is printed.
    """
    wanted = {user.pk for user in users[: MOST_AT_ONCE + 1]}
    refuse(_why_number_is_unfit(len(wanted)))
    found = slips_of(by, day_of(now)).filter(pk__in=wanted)
    accounts = list(found.select_for_update(of=("self",), no_key=True))
    if len(accounts) < len(wanted):
        raise Refusal(
            _("One of these accounts needs no slip any more. Open the list again and print."),
            code="needs_no_slip",
        )
    append_many([line(LedgerKind.FIRST_CODE_PRINTED, one, {}, by=by, now=now) for one in accounts])
    return sorted(accounts, key=_place)


def _place(user: User) -> tuple[str, str, int]:
    codes = [grant.organization.code for grant in open_grants(user)]
    return min(codes, default=""), user.name, user.pk


def _why_number_is_unfit(number: int) -> Refusal | None:
    if number == 0:
        return Refusal(_("Nobody here waits for a slip."), code="nobody")
    if number > MOST_AT_ONCE:
        return Refusal(
            _("These are more than %(most)d slips. Choose an organization further down the tree.")
            % {"most": MOST_AT_ONCE},
            code="too_many",
        )
    return None


@transaction.atomic
def make_first_code(*, user: User, by: Actor, now: datetime) -> None:
    """Void the password: the account is signed in with a first code again, and a wait ends."""
    account = locked(user)
    refuse(why_not_make_first_code(by, account, now))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    user.password = account.password
    forget_tries(account)
    note(AccessKind.FIRST_CODE_MADE, account=account, by=by, now=now)
    record(LedgerKind.FIRST_CODE_MADE, account, {}, by=by, now=now)


def choose_first_password(*, user: User, password: str, now: datetime) -> None:
    """The owner of the slip chooses a password; the code is void. Refuses a weak one, and a second
    choice.
    """
    # Before the transaction: others would wait while it is hashed.
    hashed = make_password(password)
    with transaction.atomic():
        account = locked(user)
        if account.has_usable_password():
            raise Refusal(
                _(
                    "This account has a password by now. Sign in with it, or ask your campaign "
                    "office."
                ),
                code="has_password",
            )
        refuse(why_password_is_weak(password, account))
        write_password(account, hashed)
        user.password = account.password
        record(LedgerKind.FIRST_PASSWORD_CHOSEN, account, {}, by=account, now=now)
