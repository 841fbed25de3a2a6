"""What waits to be sent, and the e-mail that a message becomes."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pingyi.notifications.doors import ENCLOSURES, Enclosed
from pingyi.notifications.enums import UNCLEAR, DeliveryState
from pingyi.notifications.models import Delivery, Letter, Message
from pingyi.notifications.rules.hours import QuietHours

TASK = "pingyi.notifications.tasks.send"
# Two ways to the same outbox: a message to somebody who signs in, a letter to an address.
Mail: TypeAlias = Delivery | Letter
KINDS: tuple[type[Mail], ...] = (Delivery, Letter)
# An e-mail that bears it was written by this program: nobody of its kind answers to it.
WRITTEN_BY_US = "X-Pingyi-Letter"
logger = logging.getLogger("pingyi.notifications")


def quiet_hours() -> QuietHours:
    """The quiet hours of this installation."""
    return QuietHours(*settings.QUIET_HOURS)


def is_quiet(now: datetime) -> bool:
    """Whether nobody is to be disturbed at this moment."""
    return quiet_hours().cover(now.astimezone(timezone.get_current_timezone()).time())


def without_delivery(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Those that are not read, whose people want e-mails at an address that is theirs, and that are
    on no way there yet.
    """
    return messages.filter(
        read_at=None,
        delivery=None,
        to__mail_address__is_wanted=True,
        to__mail_address__confirmed_at__isnull=False,
        to__is_active=True,
    )


def waiting(kind: type[Mail], now: datetime) -> "QuerySet[Mail]":
    """E-mails of a kind whose time has come, the longest waiting first."""
    found: QuerySet[Mail] = kind._default_manager.filter(
        state=DeliveryState.WAITING, not_before__lte=now
    )
    return found.order_by("not_before", "pk")


def in_hand_of(name: str) -> list[Mail]:
    """What a sender has taken, with everything an e-mail is made of."""
    taken = {"taken_by": name, "state": DeliveryState.TAKEN}
    messages = Delivery.objects.filter(**taken).select_related("message__to__mail_address")
    in_order = ("not_before", "pk")
    return [*messages.order_by(*in_order), *Letter.objects.filter(**taken).order_by(*in_order)]


def unclear() -> QuerySet[Delivery]:
    """What a person is asked about: perhaps sent, or given up; the latest first."""
    found = Delivery.objects.filter(state__in=UNCLEAR)
    return found.select_related("message__to").order_by("-message__written_at", "-pk")


def unclear_letters() -> QuerySet[Letter]:
    """The same of letters."""
    return Letter.objects.filter(state__in=UNCLEAR).order_by("-written_at", "-pk")


def is_anything_to_send(now: datetime) -> bool:
    """Whether e-mails wait or were left by a sender, and no task is there for them yet."""
    if not any(
        waiting(kind, now).exists() or kind._default_manager.exclude(taken_by="").exists()
        for kind in KINDS
    ):
        return False
    under_way = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return not DBTaskResult.objects.filter(task_path=TASK, status__in=under_way).exists()


def mail_to(message: Message) -> str:
    """Where an e-mail to this person goes now; nothing where none is wanted any more, or where it
    is not known that the address is theirs.
    """
    address = getattr(message.to, "mail_address", None)
    if address is None or not address.is_wanted or not message.to.is_active:
        return ""
    if address.confirmed_at is None:
        return ""
    return str(address.address)


def mail_of(one: Mail, now: datetime, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The e-mail, in the language that is active; its Message-ID is the same at every try."""
    mail = _of_letter(one, now) if isinstance(one, Letter) else _of_message(one)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    mail.to = [one.address]
    mail.extra_headers |= {
        "Message-ID": f"<{one.name}@{domain}>",
        "X-Auto-Response-Suppress": "All",
        WRITTEN_BY_US: "1",
    }
    mail.connection = connection
    return mail


def _of_message(delivery: Delivery) -> EmailMessage:
    message = delivery.message
    link = f"{settings.SITE}{message.link or '/messages/'}"
    end = _("You get this because your account asks for it; it can be changed under %(page)s.")
    page = f"{settings.SITE}/messages/wishes/"
    return EmailMessage(
        " ".join(message.subject.split()),
        f"{message.text}\n\n{link}\n\n-- \n{end % {'page': page}}\n",
        # Answers of machines to machines are for nobody (RFC 3834).
        headers={"Auto-Submitted": "auto-generated"},
    )


def _of_letter(letter: Letter, now: datetime) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-replied"}
    if letter.answers_to:
        headers |= {"In-Reply-To": letter.answers_to, "References": letter.answers_to}
    mail = EmailMessage(" ".join(letter.subject.split()), letter.text, headers=headers)
    if settings.MAILBOX_ADDRESS and settings.MAILBOX_ADDRESS != settings.DEFAULT_FROM_EMAIL:
        mail.reply_to = [settings.MAILBOX_ADDRESS]
    for enclosed in _enclosed(letter, now):
        mail.attach(enclosed.name, enclosed.content, enclosed.kind)
    return mail


def _enclosed(letter: Letter, now: datetime) -> Sequence[Enclosed]:
    """What goes with it. Where it cannot be made the letter goes without: its words say all."""
    if not letter.enclosure:
        return ()
    try:
        return ENCLOSURES[letter.enclosure](letter.enclosed, now)
    except Exception:
        logger.exception("letter %s goes without what it encloses", letter.name)
        return ()


def states() -> dict[DeliveryState, int]:
    """How many e-mails are in which state, in the order of their life."""
    counts: Counter[str] = Counter()
    for kind in KINDS:
        rows = kind._default_manager.order_by().values_list("state")
        counts.update(dict(rows.annotate(number=Count("pk"))))
    return {state: counts[state] for state in DeliveryState if state in counts}
