"""Urging those who owe something: a message to each, and a line that it was done."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from pingyi.accounts.queries import signature
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.ledger import operations as ledger
from pingyi.notifications.doors import Debtor, Draft, Missing
from pingyi.notifications.enums import LedgerKind, MessageKind
from pingyi.notifications.models import Urge
from pingyi.notifications.operations.write import write_messages
from pingyi.notifications.permissions import why_not_urge, why_not_urge_again

if TYPE_CHECKING:
    from pingyi.accounts.models import User


@transaction.atomic
def urge(
    *,
    what: str,
    missing: Missing,
    text: str,
    everybody: bool,
    who: Collection[str],
    by: "User",
    now: datetime,
) -> Urge:
    """Tell those chosen, or everybody who still owes what the list names, in the own words.

    Refuses where nobody is chosen, where nobody of them can sign in, and where all of them were
    urged over the same list on this day: nobody is told the same twice a day.
    """
    chosen = [one for one in missing.debtors() if everybody or one.key in who]
    drafts = _drafts(what, missing, chosen, text.strip(), now)
    refuse(why_not_urge(len(chosen), len(drafts)))
    told = write_messages(drafts=drafts, kind=MessageKind.URGE, by=by, now=now)
    refuse(why_not_urge_again(len(told)))
    row = Urge.objects.create(
        what=what, place=missing.place, text=text.strip(), people=len(told), sent_at=now, sent_by=by
    )
    ledger.append(
        kind=LedgerKind.URGED,
        subject=f"urge:{row.pk}",
        body={"what": what, "place": missing.place, "people": len(told), "accounts": sorted(told)},
        rows=[row],
        by=signature(by),
        now=now,
    )
    return row


def _drafts(
    what: str, missing: Missing, chosen: Collection[Debtor], text: str, now: datetime
) -> list[Draft]:
    """One for each account; whoever answers for several units is told of all of them at once."""
    owed: dict[int, list[str]] = {}
    for debtor in chosen:
        line = f"· {debtor.place}{_(': ')}{debtor.what}" if debtor.place else f"· {debtor.what}"
        for account in debtor.accounts:
            owed.setdefault(account, []).append(line)
    key = f"urge:{what}:{missing.place}:{day_of(now)}"
    with override(settings.LANGUAGE_CODE):
        subject = _("Urged: %(title)s") % {"title": missing.title}
    return [
        Draft(account, key, subject, "\n".join([text, "", *lines]), missing.done_at)
        for account, lines in owed.items()
    ]
