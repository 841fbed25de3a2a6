"""How much is missing, of which duty, of how many organizations and people: one count for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pingyi.campaigns.doors import DUTIES
from pingyi.campaigns.queries.gaps import Gaps, duty_label, gaps_in

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round
    from pingyi.core.refusals import Sentence


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing of one duty, neither done nor exempt: heads of organizations and people."""

    duty: "Sentence"
    units: int
    people: int

    @property
    def number(self) -> int:
        """Gaps: organizations and people."""
        return self.units + self.people


def missing_in(
    round_: "Round",
    paths: Sequence[str] | None = None,
    *,
    known: Mapping[str, tuple[int, int]] | None = None,
) -> list[Missing]:
    """What is missing in some subtrees, by duty, as the gaps are listed; without what is nowhere.

    `known` has the organizations and the people of duties that the caller has counted already.
    """
    known = known or {}
    owed = {code: duty.owed(round_) for code, duty in DUTIES.items() if code not in known}
    counted = {code: heads for code, *heads in gaps_in(round_, owed, paths).by_duty()}
    counted |= {code: list(heads) for code, heads in known.items() if any(heads)}
    return [
        Missing(duty_label(code, round_.campaign), *counted[code])
        for code in DUTIES
        if code in counted
    ]


def missing_of(gaps: Gaps, campaign: "Campaign") -> list[Missing]:
    """The same of gaps that are listed."""
    return [Missing(duty_label(code, campaign), *heads) for code, *heads in gaps.by_duty()]


def said_of(parts: Iterable[Missing]) -> str:
    """Each part in words: 点评 2 个党组织、12 名党员；评议 …"""
    said = [(each.duty, heads_said(each.units, each.people)) for each in parts]
    words = _("%(duty)s of %(heads)s")
    return pgettext("parts of a sentence", "; ").join(
        words % {"duty": duty, "heads": heads} for duty, heads in said
    )


def heads_said(units: int, people: int) -> str:
    """How many organizations and how many members, without what is none."""
    words = (
        (units, ngettext("%(n)d organization", "%(n)d organizations", units)),
        (people, ngettext("%(n)d member", "%(n)d members", people)),
    )
    return pgettext("list", ", ").join(said % {"n": n} for n, said in words if n)
