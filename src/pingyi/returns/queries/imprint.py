"""What stands at the head and the foot of a unit's tables."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.campaigns.queries import pack_of
from pingyi.core.clock import day_of
from pingyi.core.seen import Content
from pingyi.returns.models import Imprint, Return, Version

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round, Unit


def foot_labels(round_: "Round") -> list[str]:
    """What the pack asks for at the foot of its tables, each once."""
    labels = [label for table in pack_of(round_.campaign).tables for label in table.foot_labels]
    return list(dict.fromkeys(labels))


def first_day(round_: "Round") -> date:
    """The first day of a round: as it was planned, or earlier where it was opened earlier."""
    opened = [day_of(round_.opened_at)] if round_.opened_at else []
    return min(round_.opens_on, *opened)


def imprint_of(round_: "Round", unit: "Unit") -> Imprint | None:
    """What was kept of a unit in a round."""
    return Imprint.objects.filter(round=round_, unit=unit).first()


def foot_before(round_: "Round", unit: "Unit") -> dict[str, str]:
    """Who answers for the unit's tables: what was entered for this round, else who did the last
    time, in the version that was sealed last or in an earlier round.
    """
    if (entered := imprint_of(round_, unit)) is not None and entered.foot:
        return dict(entered.foot)
    said = Version.objects.filter(
        of_return__round__campaign=round_.campaign_id, of_return__unit=unit
    )
    if last := said.order_by("-sealed_at", "-pk").values_list("content__foot", flat=True).first():
        return dict(last)
    rows = Imprint.objects.filter(round__campaign=round_.campaign_id, unit=unit)
    kept = rows.filter(round__position__lte=round_.position).order_by("-round__position").first()
    return dict(kept.foot) if kept else {}


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
