"""The public commitments of whoever is reviewed, beside the form (N15)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.commitments.queries.commitments import commitments_of
from pingyi.reviews.doors import Beside

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Unit


def beside(unit: "Unit | None", participant: "Participant | None") -> Beside | None:
    """What was promised and how it stands; nothing where nothing is public."""
    found = commitments_of(unit, participant)
    lines = [
        (each.text, str(each.get_fulfilment_display() or each.get_state_display()))
        for each in found
    ]
    return Beside(_("Public commitments"), lines) if lines else None
