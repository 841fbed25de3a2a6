"""Who may read the statistical tables."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.permissions import holds
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Unit


def why_not_read_tables(actor: "User", unit: "Unit") -> Refusal | None:
    """Members see their own records, not the tables: behind a figure stand other people."""
    if holds(actor, unit, Right.READ_TABLES):
        return None
    return Refusal(
        _("The tables are open to the office, clerks, secretaries and inspectors of this unit."),
        code="not_a_reader_of_tables",
    )
