"""What waits for the office at the top of the tree: e-mails that perhaps did not arrive."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.notifications.queries.messages import MOST_COUNTED
from pingyi.notifications.queries.office import looks_after_mail
from pingyi.notifications.queries.outbox import unclear, unclear_letters
from pingyi.ui.doors import Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def worklist(actor: "User", round_: object, today: date) -> Worklist:
    """Waiting: that there are e-mails to decide on; they belong to no round."""
    if round_ is not None or not has_right(actor, Right.KEEP_BACKUPS):
        return Worklist()
    both = (unclear(), unclear_letters())
    number = sum(rows.order_by()[: MOST_COUNTED + 1].count() for rows in both)
    if not number or not looks_after_mail(actor, today):
        return Worklist()
    counted = f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
    what = _("E-mails that perhaps did not arrive: %(n)s") % {"n": counted}
    return Worklist(
        waiting=[Item(what, "", None, "todo", reverse("notifications:unclear"), _("Look at it"))]
    )
