"""What stands at the head and the foot of a unit's tables."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.campaigns.queries import pack_of
from pingyi.core.seen import Content
from pingyi.returns.models import Imprint, Return

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round, Unit


def foot_labels(round_: "Round") -> list[str]:
    """What the pack asks for at the foot of its tables, each once."""
    labels = [label for table in pack_of(round_.campaign).tables for label in table.foot_labels]
    return list(dict.fromkeys(labels))


def imprint_of(round_: "Round", unit: "Unit") -> Imprint | None:
    """What was kept of a unit in a round."""
    return Imprint.objects.filter(round=round_, unit=unit).first()


def imprint_seen(round_: "Round", unit: "Unit", today: date) -> Content:
    """The same in the fields of the form; today where nothing was kept."""
    row = imprint_of(round_, unit)
    foot = row.foot if row else {}
    return {
        "filled_on": row.filled_on if row else today,
        **{f"foot.{label}": foot.get(label, "") for label in foot_labels(round_)},
    }


def records(campaign: "Campaign") -> list[str]:
    """Whether anybody filled in the head or the foot of a table in a campaign, or answered it."""
    found = {
        _("filled-in heads of tables"): Imprint.objects,
        _("returns"): Return.objects,
    }
    return [name for name, rows in found.items() if rows.filter(round__campaign=campaign).exists()]
