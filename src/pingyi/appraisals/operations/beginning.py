"""The appraisal of a unit begins with the first thing that is recorded of it (N7)."""

from datetime import datetime
from typing import TYPE_CHECKING

from pingyi.accounts.queries import Actor
from pingyi.appraisals.models import Appraisal

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


def begun(round_: "Round", unit: "Unit", by: Actor, now: datetime) -> Appraisal:
    """The appraisal, for one deed alone: its stages are looked at one after the other."""
    found = Appraisal.objects.select_for_update(of=("self",), no_key=True)
    appraisal, _created = found.select_related("unit__campaign", "round__campaign").get_or_create(
        round=round_, unit=unit, defaults={"begun_at": now, "begun_by": by}
    )
    return appraisal


def alone(appraisal: Appraisal) -> Appraisal:
    """The appraisal as it is now; none of its stages is begun, ended or opened again meanwhile, and
    no grade of it decided.
    """
    found = Appraisal.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("unit__campaign", "round__campaign").get(pk=appraisal.pk)
