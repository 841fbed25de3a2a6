"""Who decides on e-mails that did not arrive for certain."""

from datetime import datetime

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor, tops
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.organizations.queries import hold_all


def why_not_decide(actor: Actor, now: datetime) -> Refusal | None:
    """E-mails are of the whole installation: for the office above which there is none."""
    if actor is None or hold_all(tops(actor, Right.KEEP_BACKUPS), day_of(now)):
        return None
    return Refusal(
        _("E-mails are looked after by the campaign office at the top of the tree."),
        code="not_the_top_office",
    )


def why_not_this_one(*, is_unclear: bool) -> Refusal | None:
    """Only what is perhaps sent or was given up."""
    if is_unclear:
        return None
    return Refusal(_("Nothing is to be decided about this e-mail any more."), code="not_unclear")
