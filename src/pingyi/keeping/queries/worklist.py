"""What waits for the office of the whole tree: a full disk, a backup that is too old."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.core import space
from pingyi.core.clock import day_of
from pingyi.keeping.queries.backups import keeps_all
from pingyi.keeping.queries.folder import safe_since
from pingyi.keeping.rules.kept import is_too_old
from pingyi.ui.doors import Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def worklist(actor: "User", round_: object, today: date) -> Worklist:
    """Waiting: that the disk is full, that there has been no good backup for too long; they belong
    to no round.
    """
    if round_ is not None:
        return Worklist()
    told = []
    if space.why_not_write_rows() or space.why_not_write_files():
        told.append(_("The disk of the server is full"))
    since = safe_since()
    if since is not None and is_too_old(day_of(since), today):
        told.append(_("No good backup for days"))
    if not told or not keeps_all(actor, today):
        return Worklist()
    page = reverse("keeping:backups")
    return Worklist(waiting=[Item(each, "", None, "late", page, _("Look at it")) for each in told])
