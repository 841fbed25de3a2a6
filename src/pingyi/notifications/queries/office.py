"""Who looks after the e-mails of the installation."""

from datetime import date
from typing import TYPE_CHECKING

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import tops
from pingyi.organizations.queries import path_ids

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def looks_after_mail(actor: "User", on: date) -> bool:
    """Whether the actor is the office of an organization above which there is none; whoever keeps
    the backups. It looks upwards from there, not for other tops.
    """
    return any(len(path_ids(top, on)) == 1 for top in tops(actor, Right.KEEP_BACKUPS))
