"""What waits for the office of the whole tree: a backup that is too old."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.core.clock import day_of
from pingyi.keeping.queries.backups import keeps_all
from pingyi.keeping.queries.folder import safe_since
from pingyi.keeping.rules.kept import is_too_old
from pingyi.ui.doors import Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def worklist(actor: "User", round_: object, today: date) -> Worklist:
    """Waiting: that there has been no good backup for too long; it belongs to no round."""
    if round_ is not None:
        return Worklist()
    since = safe_since()
    if since is None or not is_too_old(day_of(since), today):
        return Worklist()
    if not keeps_all(actor, today):
        return Worklist()
    item = Item(
        _("No good backup for days"),
        "",
        None,
        "late",
        reverse("keeping:backups"),
        _("Look at it"),
    )
    return Worklist(waiting=[item])
