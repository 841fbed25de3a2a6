"""What becomes of an e-mail of which nobody knows whether it arrived, or which was given up."""

from datetime import datetime

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import refuse
from pingyi.notifications.enums import UNCLEAR, DeliveryState
from pingyi.notifications.permissions import why_not_decide, why_not_this_one
from pingyi.notifications.queries.outbox import Mail


def send_again(*, delivery: Mail, by: Actor, now: datetime) -> None:
    """Send it once more from now on, with the same Message-ID; it may then arrive twice."""
    refuse(why_not_decide(by, now))
    _decided(delivery, state=DeliveryState.WAITING, not_before=now, tries=0)


def leave(*, delivery: Mail, by: Actor, now: datetime) -> None:
    """Let it be: the message stands in the message centre."""
    refuse(why_not_decide(by, now))
    _decided(delivery, state=DeliveryState.DROPPED)


def _decided(delivery: Mail, **changes: object) -> None:
    # Two who decide at once: the database changes it once, and the second one is told.
    here = type(delivery)._default_manager.filter(pk=delivery.pk, state__in=UNCLEAR)
    refuse(why_not_this_one(is_unclear=here.update(**changes) == 1))
