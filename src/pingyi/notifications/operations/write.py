"""Writing messages into the outbox, in the transaction of whatever causes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pingyi.core.pieces import in_parts
from pingyi.notifications.doors import Draft
from pingyi.notifications.enums import MessageKind
from pingyi.notifications.models import Delivery, Message
from pingyi.notifications.models.message import LONGEST_SUBJECT
from pingyi.notifications.queries.outbox import quiet_hours, without_delivery

if TYPE_CHECKING:
    from pingyi.accounts.models import User

AT_ONCE = 200


@transaction.atomic
def write_messages(
    *, drafts: Sequence[Draft], kind: MessageKind, by: "User | None", now: datetime
) -> set[int]:
    """Write what was not said before; the accounts that are told something new.

    Whoever has an e-mail address and wants it is sent one as well, outside of the quiet hours.
    A handful of queries for 200 of them. Of two who write the same at once, one does.
    """
    told: set[int] = set()
    for some in in_parts(drafts, AT_ONCE):
        told |= _written(some, kind, by, now)
    return told


def _written(
    drafts: Sequence[Draft], kind: MessageKind, by: "User | None", now: datetime
) -> set[int]:
    same = Message.objects.filter(
        to__in={draft.to for draft in drafts}, key__in={draft.key for draft in drafts}
    )
    known = set(same.values_list("to_id", "key"))
    new = [draft for draft in drafts if (draft.to, draft.key) not in known]
    Message.objects.bulk_create(
        (
            Message(
                to_id=draft.to,
                kind=kind,
                key=draft.key,
                subject=draft.subject[:LONGEST_SUBJECT],
                text=draft.text,
                link=draft.link,
                written_at=now,
                written_by=by,
            )
            for draft in new
        ),
        ignore_conflicts=True,
    )
    if settings.MAIL is not None:
        here = now.astimezone(timezone.get_current_timezone())
        begins = quiet_hours().over(here)
        Delivery.objects.bulk_create(
            (
                Delivery(message_id=pk, not_before=begins)
                for pk in without_delivery(same).values_list("pk", flat=True)
            ),
            ignore_conflicts=True,
        )
    return {draft.to for draft in new}
