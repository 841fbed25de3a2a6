"""Sending what waits in the outbox (ADR 0031).

Each step is noted before the next one begins, in a transaction of its own: a sender that is
killed leaves e-mails that the mail server knows nothing of, which are sent by the next one, and at
most one of which nobody knows whether it was accepted. That one is never sent again by itself.
"""

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.crypto import get_random_string
from django.utils.translation import override

from pingyi.core import leases
from pingyi.notifications.enums import IN_HAND, DeliveryState
from pingyi.notifications.models import Delivery
from pingyi.notifications.models.way import LONGEST_ERROR
from pingyi.notifications.queries.outbox import KINDS, Mail, in_hand_of, mail_of, mail_to, waiting
from pingyi.notifications.rules.trying import PAUSES, is_permanent, is_too_old, pause_after

MOST = 50
NO_CONNECTION = (OSError, smtplib.SMTPException)


@dataclass
class Sending:
    """What a sender did: how many e-mails it sent, how many it left for later or for a person."""

    counts: dict[DeliveryState, int] = field(default_factory=dict)

    def note(self, state: DeliveryState) -> None:
        """One more that ended so."""
        self.counts[state] = self.counts.get(state, 0) + 1

    def __getitem__(self, state: DeliveryState) -> int:
        return self.counts.get(state, 0)


def send_waiting(*, now: datetime, most: int = MOST) -> Sending:
    """Send the e-mails whose time has come, a few of them, and say what became of them.

    Several may send at once. Not inside a transaction: what is noted must be there for whoever
    comes after a crash.
    """
    done, name = Sending(), get_random_string(32)
    with leases.held(settings.LEASES, name):
        take_up_lost()
        taken = _take(name, now, most)
        if taken:
            _send(taken, now, done)
    return done


def take_up_lost() -> int:
    """What senders that are no longer there had in hand: sent by the next one, or, where the mail
    server may have it, kept for a person to decide. How many are in doubt.
    """
    return sum(_taken_up_lost(kind) for kind in KINDS)


def _taken_up_lost(kind: type[Mail]) -> int:
    rows = kind._default_manager
    names = rows.exclude(taken_by="").values_list("taken_by", flat=True)
    lost = [
        name for name in names.order_by().distinct() if not leases.is_held(settings.LEASES, name)
    ]
    theirs = rows.filter(taken_by__in=lost)
    theirs.filter(state=DeliveryState.TAKEN).update(state=DeliveryState.WAITING, taken_by="")
    return theirs.filter(state=DeliveryState.HANDED_OVER).update(
        state=DeliveryState.DOUBTFUL, taken_by=""
    )


def _take(name: str, now: datetime, most: int) -> list[Mail]:
    """Take some that wait. Two senders at once: the database changes each row once."""
    for kind in KINDS:
        keys = list(waiting(kind, now).values_list("pk", flat=True)[:most])
        kind._default_manager.filter(pk__in=keys, state=DeliveryState.WAITING).update(
            state=DeliveryState.TAKEN, taken_by=name
        )
    return in_hand_of(name)


def _send(taken: Sequence[Mail], now: datetime, done: Sending) -> None:
    wanted = [one for one in taken if not _dropped(one, now, done)]
    if not wanted:
        return
    connection = get_connection()
    try:
        connection.open()
    except NO_CONNECTION as error:
        for one in wanted:
            _later(one, error, now, done)
        return
    try:
        for number, one in enumerate(wanted):
            if not _handed_over(one, connection, now, done):
                _put_back(wanted[number + 1 :], now)
                return
    finally:
        connection.close()


def _dropped(one: Mail, now: datetime, done: Sending) -> bool:
    """Whether nobody wants it any more. A letter stands nowhere else: it is always sent."""
    if not isinstance(one, Delivery):
        return False
    is_wanted = mail_to(one.message) and one.message.read_at is None
    if is_wanted and not is_too_old(one.not_before, now):
        return False
    _leave(one, DeliveryState.DROPPED, done)
    return True


def _handed_over(one: Mail, connection: BaseEmailBackend, now: datetime, done: Sending) -> bool:
    """Hand one over; whether the connection is good for another one."""
    language = settings.LANGUAGE_CODE
    if isinstance(one, Delivery):
        one.address, language = mail_to(one.message), one.message.to.language or language
    with override(language):
        mail = mail_of(one, now, connection)
    _leave(one, DeliveryState.HANDED_OVER)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        _refused(one, error, codes, now, done)
    except smtplib.SMTPResponseException as error:
        _refused(one, error, [error.smtp_code], now, done)
    except NO_CONNECTION as error:
        # It broke off in between: the mail server may have it.
        one.last_error = _words(error)
        _leave(one, DeliveryState.DOUBTFUL, done)
        return False
    except ValueError as error:
        # No e-mail can be made of it, such as for an address that no mail server understands.
        one.last_error = _words(error)
        _leave(one, DeliveryState.GIVEN_UP, done)
    else:
        one.sent_at, one.last_error = now, ""
        _leave(one, DeliveryState.SENT, done)
    return True


def _refused(one: Mail, error: Exception, codes: list[int], now: datetime, done: Sending) -> None:
    """The mail server has said that it does not take it: now, or for good."""
    if is_permanent(codes):
        one.last_error = _words(error)
        _leave(one, DeliveryState.GIVEN_UP, done)
    else:
        _later(one, error, now, done)


def _later(one: Mail, error: Exception, now: datetime, done: Sending) -> None:
    one.tries += 1
    one.last_error = _words(error)
    pause = pause_after(one.tries)
    if pause is None:
        _leave(one, DeliveryState.GIVEN_UP, done)
    else:
        one.not_before = now + pause
        _leave(one, DeliveryState.WAITING, done)


def _leave(one: Mail, state: DeliveryState, done: Sending | None = None) -> None:
    one.state = state
    if state not in IN_HAND:
        one.taken_by = ""
    one.save()
    if done is not None:
        done.note(state)


def _put_back(rest: Iterable[Mail], now: datetime) -> None:
    """Not at once: a mail server that always breaks off would leave each of them in doubt."""
    for one in rest:
        one.not_before = now + PAUSES[1]
        _leave(one, DeliveryState.WAITING)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
