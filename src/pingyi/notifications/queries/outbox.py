"""What waits to be sent, and the e-mail that a message becomes."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pingyi.notifications.enums import UNCLEAR, DeliveryState
from pingyi.notifications.models import Delivery, Message
from pingyi.notifications.rules.hours import QuietHours

TASK = "pingyi.notifications.tasks.send"


def quiet_hours() -> QuietHours:
    """The quiet hours of this installation."""
    return QuietHours(*settings.QUIET_HOURS)


def is_quiet(now: datetime) -> bool:
    """Whether nobody is to be disturbed at this moment."""
    return quiet_hours().cover(now.astimezone(timezone.get_current_timezone()).time())


def without_delivery(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Those that are not read, whose people want e-mails, and that are on no way there yet."""
    return messages.filter(
        read_at=None, delivery=None, to__mail_address__is_wanted=True, to__is_active=True
    )


def waiting(now: datetime) -> QuerySet[Delivery]:
    """E-mails whose time has come, the longest waiting first."""
    return Delivery.objects.filter(state=DeliveryState.WAITING, not_before__lte=now).order_by(
        "not_before", "pk"
    )


def in_hand_of(name: str) -> list[Delivery]:
    """What a sender has taken, with everything an e-mail is made of."""
    taken = Delivery.objects.filter(taken_by=name, state=DeliveryState.TAKEN)
    return list(taken.select_related("message__to__mail_address").order_by("not_before", "pk"))


def unclear() -> QuerySet[Delivery]:
    """What a person is asked about: perhaps sent, or given up; the latest first."""
    found = Delivery.objects.filter(state__in=UNCLEAR)
    return found.select_related("message__to").order_by("-message__written_at", "-pk")


def is_anything_to_send(now: datetime) -> bool:
    """Whether e-mails wait or were left by a sender, and no task is there for them yet."""
    if not waiting(now).exists() and not Delivery.objects.exclude(taken_by="").exists():
        return False
    under_way = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return not DBTaskResult.objects.filter(task_path=TASK, status__in=under_way).exists()


def mail_to(message: Message) -> str:
    """Where an e-mail to this person goes now; nothing where none is wanted any more."""
    address = getattr(message.to, "mail_address", None)
    if address is None or not address.is_wanted or not message.to.is_active:
        return ""
    return str(address.address)


def mail_of(delivery: Delivery, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The e-mail, in the language that is active; its Message-ID is the same at every try."""
    message = delivery.message
    link = f"{settings.SITE}{message.link or '/messages/'}"
    end = _("You get this because your account asks for it; it can be changed under %(page)s.")
    page = f"{settings.SITE}/messages/wishes/"
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    return EmailMessage(
        " ".join(message.subject.split()),
        f"{message.text}\n\n{link}\n\n-- \n{end % {'page': page}}\n",
        to=[delivery.address],
        headers={
            "Message-ID": f"<{delivery.name}@{domain}>",
            # Answers of machines to machines are for nobody (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )


def states() -> dict[DeliveryState, int]:
    """How many e-mails are in which state, in the order of their life."""
    counts = dict(Delivery.objects.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: counts[state] for state in DeliveryState if state in counts}
