"""Named measures: each is one query over the frozen universe that can also list its heads (N11).

A pack's table rows name a measure and, where it has one, a round. Organizations and members
stand in one place of the tree, so their heads are grouped by the database; a leader may hold
several posts and is counted once per table by `rules.first_columns`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, QuerySet

from pingyi.appraisals import queries as appraisals
from pingyi.campaigns.queries.counted import counted_members, counted_posts, counted_units
from pingyi.returns.rules import ancestors_and_self
from pingyi.reviews import queries as reviews

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round, Unit

Heads = QuerySet[Any]


@dataclass(frozen=True)
class Measure:
    """One thing that tables count.

    `heads(campaign, round)` lists what is counted, each with `column` (sector or leader category)
    and `path` (where it stands). `base` names the measure it can never exceed. `begun` tells the
    units in whose subtree the work has begun, for measures without a round.
    """

    kind: str  # "unit" | "member" | "leader"
    heads: Callable[["Campaign", "Round | None"], Heads]
    base: str
    begun: Callable[["Campaign"], set[str]] | None = None

    def grouped(
        self, campaign: "Campaign", round_: "Round | None", top: "Unit | None" = None
    ) -> list[tuple[str, str, int]]:
        """(path, column, heads) of every unit that has any; for organizations and members.

        With a top, only its subtree, all of it counted at its path.
        """
        rows = self._below(top, campaign, round_)
        if top is None:
            return list(rows.values_list("path", "column").annotate(heads=Count("pk")))
        sums = rows.values_list("column").annotate(heads=Count("pk"))
        return [(top.path, column, heads) for column, heads in sums]

    def posts(
        self, campaign: "Campaign", round_: "Round | None", top: "Unit | None" = None
    ) -> list[tuple[int, str, str, int]]:
        """(person, path, column, position) of every post, or of those below a top; for leaders."""
        rows = self._below(top, campaign, round_)
        return list(rows.values_list("participant_id", "path", "column", "position"))

    def _below(self, top: "Unit | None", campaign: "Campaign", round_: "Round | None") -> Heads:
        rows = self.heads(campaign, round_).order_by()
        # Below the top of the tree is everybody.
        if top is None or top.parent_id is None:
            return rows
        return rows.filter(path__startswith=top.path)


def _units(campaign: "Campaign", _round: "Round | None") -> Heads:
    return counted_units(campaign).annotate(column=F("sector"))


def _units_reviewed(campaign: "Campaign", round_: "Round | None") -> Heads:
    return _units(campaign, round_).filter(pk__in=reviews.reviewed_units(_needed(round_)))


def _units_appraised(campaign: "Campaign", round_: "Round | None") -> Heads:
    return _units(campaign, round_).filter(pk__in=appraisals.appraised_units(campaign))


def _members(campaign: "Campaign", _round: "Round | None") -> Heads:
    members = counted_members(campaign).exclude(unit__sector="")
    return members.annotate(column=F("unit__sector"), path=F("unit__path"))


def _members_reviewed(campaign: "Campaign", round_: "Round | None") -> Heads:
    return _members(campaign, round_).filter(pk__in=reviews.reviewed_participants(_needed(round_)))


def _members_appraised(campaign: "Campaign", round_: "Round | None") -> Heads:
    return _members(campaign, round_).filter(pk__in=appraisals.appraised_participants(campaign))


def _leaders(campaign: "Campaign", _round: "Round | None") -> Heads:
    return counted_posts(campaign).annotate(column=F("category"), path=F("unit__path"))


def _leaders_reviewing(campaign: "Campaign", round_: "Round | None") -> Heads:
    return _leaders(campaign, round_).filter(participant_id__in=reviews.reviewers(_needed(round_)))


def _needed(round_: "Round | None") -> "Round":
    if round_ is None:
        raise ValueError("a row with this measure must name its round in the pack")
    return round_


def _begun(campaign: "Campaign") -> set[str]:
    """Paths of all units in whose subtree an appraisal has begun."""
    return {
        above for path in appraisals.begun_paths(campaign) for above in ancestors_and_self(path)
    }


MEASURES: dict[str, Measure] = {
    "organizations": Measure("unit", _units, base="organizations"),
    "organizations_reviewed": Measure("unit", _units_reviewed, base="organizations"),
    "organizations_appraised": Measure(
        "unit", _units_appraised, base="organizations", begun=_begun
    ),
    "members": Measure("member", _members, base="members"),
    "members_reviewed": Measure("member", _members_reviewed, base="members"),
    "members_appraised": Measure("member", _members_appraised, base="members", begun=_begun),
    "leaders": Measure("leader", _leaders, base="leaders"),
    "leaders_reviewing": Measure("leader", _leaders_reviewing, base="leaders"),
}
