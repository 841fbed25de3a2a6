"""Who may print ballots."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.campaigns.permissions import holds
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit


def why_not_print_ballots(actor: Actor, unit: "Unit") -> Refusal | None:
    """Ballots name the members of a unit: they are for those who answer for it."""
    if holds(actor, unit, Right.PRINT_BALLOTS):
        return None
    return Refusal(
        _("Ballots are printed by the office, clerks, secretaries and inspectors of this unit."),
        code="not_a_printer",
    )
