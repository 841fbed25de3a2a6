"""E-mails that came in."""

from collections import Counter
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor, tops
from pingyi.mailbox.enums import Outcome
from pingyi.mailbox.models import Mail, MailboxLook
from pingyi.notifications.queries import looks_after_mail
from pingyi.organizations.queries import below

TASK = "pingyi.mailbox.tasks.poll"
UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def mails_visible_to(actor: Actor, on: date) -> QuerySet[Mail]:
    """What came from the units of the actor's part of the tree, with the answers; what came from
    nobody known is seen by the office at its top.
    """
    found = Mail.objects.select_related("organization", "answer")
    if actor is None:
        return found
    mine = Q(organization_id__in=below(tops(actor, Right.MANAGE_ACCOUNTS), on))
    if looks_after_mail(actor, on):
        mine |= Q(organization=None)
    return found.filter(mine)


def was_told(sender: str) -> bool:
    """Whether an address of no unit has been answered so before."""
    told = Mail.objects.filter(sender=sender, outcome=Outcome.UNKNOWN_SENDER)
    return told.exclude(answer=None).exists()


def strangers_told(since: datetime) -> int:
    """How many addresses of no unit were answered since a moment."""
    told = Mail.objects.filter(outcome=Outcome.UNKNOWN_SENDER, received_at__gt=since)
    return told.exclude(answer=None).count()


def outcomes(since: datetime | None = None) -> dict[Outcome, int]:
    """How many e-mails ended how, since a moment or ever; in the order of the outcomes."""
    rows = Mail.objects.order_by() if since is None else Mail.objects.filter(received_at__gt=since)
    counts = Counter(dict(rows.values_list("outcome").annotate(number=Count("pk"))))
    return {outcome: counts[outcome] for outcome in Outcome if outcome in counts}


def last_look() -> MailboxLook | None:
    """When the mailbox was last looked into."""
    return MailboxLook.objects.first()


def is_to_be_looked_into(since: datetime) -> bool:
    """Whether there is a mailbox, nobody has looked since that moment and nobody is asked to."""
    if settings.MAILBOX is None:
        return False
    look = last_look()
    if look is not None and look.looked_at > since:
        return False
    return not DBTaskResult.objects.filter(task_path=TASK, status__in=UNDER_WAY).exists()
