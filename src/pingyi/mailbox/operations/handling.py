"""One e-mail: what it is taken for, what becomes of its forms, what is answered (ADR 0033).

The order is what keeps it from being lost or done twice. Its row is written before anything is
taken in; what becomes of a form is noted in the transaction that keeps the form, with the last one
the answer; only then is it put away. Whoever was killed in between is followed by one who goes on
where the row says.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F

from pingyi.core.refusals import Refusal
from pingyi.mailbox.doors import FORMS, TAKERS, Taken
from pingyi.mailbox.enums import Outcome, Silence
from pingyi.mailbox.models import BoundAddress, Mail
from pingyi.mailbox.operations.imap import Arrived
from pingyi.mailbox.queries.addresses import binding_of, own_addresses
from pingyi.mailbox.queries.mails import strangers_told, was_told
from pingyi.mailbox.queries.sentences import (
    SENTENCES,
    instead_of_a_receipt,
    subject_of,
    text_of,
)
from pingyi.mailbox.rules.judging import (
    A_DAY,
    MOST_BYTES,
    MOST_STRANGERS,
    forms_among,
    outcome_of,
    why_not_answer,
    why_not_read,
)
from pingyi.mailbox.rules.letters import File, Head, Unreadable, Writer, files_in, head_of
from pingyi.notifications.operations import write_letter
from pingyi.notifications.queries import letters_to

MOST_FAILURES = 3
logger = logging.getLogger("pingyi.mailbox")


class DoneByAnother(Exception):
    """Somebody else who reads the mailbox has done it; nothing of ours is kept."""


def handle(arrived: Arrived, fetch: Callable[[int], bytes], now: datetime) -> Outcome | None:
    """Do what is to be done about an e-mail, once; what became of it, None where it was done
    before. `fetch` gives the e-mail itself, and no more of it than so many bytes.

    Not inside a transaction: what is noted must be there for whoever comes after a crash.
    """
    try:
        head = head_of(arrived.header, own_addresses())
    except Unreadable:
        head = Head(Writer.NOBODY, digest=sha256(arrived.header).hexdigest())
    put_away = why_not_read(head, arrived.at or now, now)
    if put_away is not None:
        return _noted(_new(head, arrived, now), put_away)
    bound = binding_of(head.sender)
    if bound is None:
        mail = _new(head, arrived, now)
        told = was_told(head.sender) or strangers_told(now - A_DAY) >= MOST_STRANGERS
        return _answered(mail, head, Outcome.UNKNOWN_SENDER, now, told=told)
    return _of_a_unit(bound, head, arrived, fetch, now)


def _of_a_unit(
    bound: BoundAddress,
    head: Head,
    arrived: Arrived,
    fetch: Callable[[int], bytes],
    now: datetime,
) -> Outcome | None:
    if arrived.size > MOST_BYTES:
        return _answered(_new(head, arrived, now, bound), head, Outcome.TOO_LARGE, now)
    content = fetch(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return _answered(_new(head, arrived, now, bound), head, Outcome.TOO_LARGE, now)
    try:
        files = files_in(content)
    except Unreadable:
        return _answered(_new(head, arrived, now, bound), head, Outcome.UNREADABLE, now)
    digest = sha256("".join(file.digest for file in files).encode()).hexdigest()
    mail = _new(head, arrived, now, bound, more=digest)
    forms = forms_among(files)
    if forms.instead is not None:
        return _answered(mail, head, forms.instead, now)
    return _taken_in(_begun(mail), head, forms.files, now)


def _taken_in(mail: Mail, head: Head, files: Sequence[File], now: datetime) -> Outcome | None:
    """Each form in a transaction of its own, from the first one that is not done."""
    if mail.outcome != Outcome.RECEIVED:
        return None
    for number in range(mail.done, len(files)):
        file = files[number]
        is_last = number == len(files) - 1
        then = partial(_note_form, mail, head, file, is_last=is_last, now=now)
        try:
            _take_in(mail, file, then, now)
        except DoneByAnother:
            return None
        except (DatabaseError, OSError):
            # Not the form's fault: it is read again once there is space, and a database.
            raise
        except Exception:
            # Whose it is and what it says does not stand in the log.
            logger.exception("a form could not be worked on: e-mail %d", mail.pk)
            return _failed(mail, head, now)
        mail.refresh_from_db()
    return Outcome(mail.outcome)


def _failed(mail: Mail, head: Head, now: datetime) -> Outcome:
    """What fails in an unforeseen way is left for the next look; the third time it is given up."""
    Mail.objects.filter(pk=mail.pk).update(failures=F("failures") + 1)
    mail.refresh_from_db()
    if mail.failures < MOST_FAILURES:
        return Outcome.RECEIVED
    return _answered(mail, head, Outcome.FAILED, now) or Outcome.RECEIVED


def _take_in(mail: Mail, file: File, then: Callable[[Taken], None], now: datetime) -> None:
    organization = mail.organization
    if organization is None:
        raise ValueError(f"e-mail {mail.pk} is of nobody known")
    try:
        TAKERS[FORMS](file.content, file.name, mail.sender, organization, now, then)
    except Refusal as refusal:
        with transaction.atomic():
            then(Taken(refusal.code, str(refusal)))


def _note_form(
    mail: Mail, head: Head, file: File, taken: Taken, *, is_last: bool, now: datetime
) -> None:
    """What became of one; with the last one the e-mail is done and answered. Of two who read the
    same one at once the second waits here for the row, and finds it changed.
    """
    done = len(mail.forms)
    told = {
        "name": file.name, "sha256": file.digest, "code": taken.code, "receipt": taken.receipt,
        "page": taken.page, "text": taken.text, "enclosed": taken.enclosed,
    }  # fmt: skip
    forms = [*mail.forms, told]
    here = Mail.objects.filter(pk=mail.pk, outcome=Outcome.RECEIVED, done=done)
    changes: dict[str, Any] = {"forms": forms, "done": done + 1}
    if is_last:
        changes["outcome"] = outcome_of([form["code"] for form in forms])
    if here.update(**changes) != 1:
        raise DoneByAnother
    if is_last:
        reply = _reply(mail, head, changes["outcome"], forms, now)
        Mail.objects.filter(pk=mail.pk).update(**reply)


def _reply(
    mail: Mail, head: Head, outcome: Outcome, forms: list[dict[str, str]], now: datetime,
    *, told: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Write the answer, or say why there is none."""
    silence = why_not_answer(head, letters_to(mail.sender, now - A_DAY), was_told=told)
    if silence is not None:
        return {"silence": silence}
    enclosed = ",".join(form["enclosed"] for form in forms if form["enclosed"])
    parts = [f"{form['name'] or '–'}\n{form['text']}" for form in forms]
    if outcome in SENTENCES:
        parts.append(instead_of_a_receipt(outcome))
    letter = write_letter(
        key=f"mail:{mail.pk}",
        to=mail.sender,
        subject=subject_of(outcome, forms),
        text=text_of(
            whose=mail.organization.name if mail.organization else "",
            parts=parts,
            has_marked=bool(enclosed),
        ),
        answers_to=mail.message_id,
        enclosure=(FORMS, enclosed) if enclosed else ("", ""),
        now=now,
    )
    return {"answer_id": letter}


@transaction.atomic
def _answered(
    mail: Mail, head: Head, outcome: Outcome, now: datetime, *, told: bool = False
) -> Outcome | None:
    """Note an e-mail of which nothing is taken in, with its answer. Of two who read the same one at
    once the second waits here for the row, and finds it done.
    """
    mail = _begun(mail)
    here = Mail.objects.filter(pk=mail.pk, outcome=Outcome.RECEIVED)
    if here.update(outcome=outcome) != 1:
        return None
    reply = _reply(mail, head, outcome, mail.forms, now, told=told)
    Mail.objects.filter(pk=mail.pk).update(**reply)
    return outcome


def _noted(mail: Mail, outcome: Outcome) -> Outcome | None:
    mail.outcome, mail.silence = outcome, Silence.NEVER
    _row, is_new = Mail.objects.get_or_create(identity=mail.identity, defaults=_fields(mail))
    return outcome if is_new else None


def _begun(mail: Mail) -> Mail:
    """The row of an e-mail whose forms are to be read: there before any of them is."""
    rows = Mail.objects.select_related("organization")
    return rows.get_or_create(identity=mail.identity, defaults=_fields(mail))[0]


def _fields(mail: Mail) -> dict[str, Any]:
    names = (
        "message_id", "sender", "subject", "size", "organization", "outcome", "silence",
        "received_at",
    )  # fmt: skip
    return {name: getattr(mail, name) for name in names}


def _new(
    head: Head,
    arrived: Arrived,
    now: datetime,
    bound: BoundAddress | None = None,
    *,
    more: str = "",
) -> Mail:
    """The row of an e-mail, not written yet; `more` tells it from others with the same headers."""
    return Mail(
        identity=sha256(f"{head.digest} {more}".encode()).hexdigest(),
        message_id=head.message_id,
        sender=head.sender,
        subject=head.subject,
        size=arrived.size,
        organization=bound.organization if bound else None,
        received_at=now,
    )
