"""Who may read the statistical tables, and who fills in their head and foot."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.enums import CampaignState
from pingyi.campaigns.permissions import holds
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.accounts.queries import Actor
    from pingyi.campaigns.models import Unit


def why_not_read_tables(actor: "User", unit: "Unit") -> Refusal | None:
    """Members see their own records, not the tables: behind a figure stand other people."""
    if holds(actor, unit, Right.READ_TABLES):
        return None
    return Refusal(
        _("The tables are open to the office, clerks, secretaries and inspectors of this unit."),
        code="not_a_reader_of_tables",
    )


def why_not_fill_in(actor: "Actor", unit: "Unit") -> Refusal | None:
    """Day, names and telephone are written by whoever fills in the tables of the unit, after the
    round as well, whose tables are due then; until the campaign is closed.
    """
    if unit.campaign.state != CampaignState.OPEN:
        return Refusal(_("The campaign is closed."), code="campaign_closed")
    if holds(actor, unit, Right.FILL_IN_TABLES):
        return None
    return Refusal(
        _("The head and the foot of the tables are filled in by the clerk or the office."),
        code="not_a_filler",
    )
