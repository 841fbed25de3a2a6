"""Looking into the mailbox: every e-mail is done once and put away (ADR 0033)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from pingyi.core import leases
from pingyi.core.refusals import Refusal
from pingyi.mailbox.enums import Outcome
from pingyi.mailbox.models import MailboxLook
from pingyi.mailbox.operations.handling import handle
from pingyi.mailbox.operations.imap import UNREACHABLE, Box, opened

MOST = 200
LEASE = "mailbox"
LONGEST_ERROR = 300


@dataclass
class Looked:
    """What a look found: how many e-mails ended how, how many had been done before, how many are
    left for the next look. `is_busy`: somebody else is reading.
    """

    counts: dict[Outcome, int] = field(default_factory=dict)
    again: int = 0
    left: int = 0
    is_busy: bool = False


def look(*, now: datetime, most: int = MOST) -> Looked:
    """Read what lies in the mailbox, some of it at once. Refuses no_mailbox and unreachable.

    One at a time, to spare the mail server; should two read after all, each e-mail is done once.
    """
    looked = Looked()
    try:
        with leases.held(settings.LEASES, LEASE), override(settings.LANGUAGE_CODE), opened() as box:
            for uid in box.numbers()[:most]:
                _read(box, uid, now, looked)
    except BlockingIOError:
        return Looked(is_busy=True)
    except UNREACHABLE as error:
        words = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
        _note(now, words)
        sentence = _("The mailbox cannot be read: %(why)s") % {"why": words}
        raise Refusal(sentence, code="mailbox_unreachable") from error
    _note(now, "")
    return looked


def _read(box: Box, uid: str, now: datetime, looked: Looked) -> None:
    """One e-mail; what failed in an unforeseen way stays for the next look."""
    arrived = box.arrived(uid)
    if arrived is None:
        return
    outcome = handle(arrived, lambda most: box.content(uid, most), now)
    if outcome == Outcome.RECEIVED:
        looked.left += 1
        return
    box.put_away(uid)
    if outcome is None:
        looked.again += 1
    else:
        looked.counts[outcome] = looked.counts.get(outcome, 0) + 1


def _note(now: datetime, error: str) -> None:
    row = MailboxLook.objects.first() or MailboxLook()
    row.looked_at, row.last_error = now, error
    if not error:
        row.read_at = now
    row.save()
