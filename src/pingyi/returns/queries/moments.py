"""As of when a table is filled in (ADR 0016)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pingyi.campaigns.queries import units_at

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

# The path of a unit that was not in the tree: nothing stands below it.
NOWHERE = "00000/00000/"  # segments begin with 1


@dataclass(frozen=True)
class Moment:
    """As of which round a table is filled in, and when: as things stand, or as they stood then.

    Figures and heads of a moment stay what they are, whatever is recorded, withdrawn, opened again
    or amended later.
    """

    round: "Round"
    at: datetime | None = None

    def rounds_begun(self) -> "dict[str, Round]":
        """The rounds that are filled in, by code: opened, and none later than its own."""
        return {
            each.code: each
            for each in self.round.campaign.rounds.all()
            if each.position <= self.round.position
            and each.opened_at is not None
            and (self.at is None or each.opened_at <= self.at)
        }

    def paths(self, units: "Iterable[Unit]") -> dict[int, str]:
        """Where units stand, by their key; NOWHERE for one that came to the tree later."""
        if self.at is None:
            return {unit.pk: unit.path for unit in units}
        keys = [unit.pk for unit in units]
        found = units_at(self.round.campaign, self.at).filter(pk__in=keys)
        return dict.fromkeys(keys, NOWHERE) | dict(found.values_list("pk", "place"))
