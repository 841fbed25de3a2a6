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
from pingyi.campaigns.queries import counted_members, counted_posts, counted_units
from pingyi.returns.rules.rollup import ancestors_and_self
from pingyi.reviews import queries as reviews

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

Heads = QuerySet[Any]


@dataclass(frozen=True)
class Measure:
    """One thing that tables count.

    `heads(as_of, round)` lists what is counted, each with `column` (sector or leader category) and
    `path` (where it stands); a measure without a round counts what was done up to the round as of
    which the table is filled in. `base` names the measure it can never exceed. `begun(as_of)` tells
    the units in whose subtree the work has begun, for measures without a round.
    """

    kind: str  # "unit" | "member" | "leader"
    heads: Callable[["Round", "Round | None"], Heads]
    base: str
    begun: Callable[["Round"], set[str]] | None = None
    # Counted round by round: a row with it names its round.
    by_round: bool = False

    def grouped(
        self, as_of: "Round", round_: "Round | None", top: "Unit | None" = None
    ) -> list[tuple[str, str, int]]:
        """(path, column, heads) of every unit that has any; for organizations and members.

        With a top, only its subtree, all of it counted at its path.
        """
        rows = self._below(top, as_of, round_)
        if top is None:
            return list(rows.values_list("path", "column").annotate(heads=Count("pk")))
        sums = rows.values_list("column").annotate(heads=Count("pk"))
        return [(top.path, column, heads) for column, heads in sums]

    def posts(
        self, as_of: "Round", round_: "Round | None", top: "Unit | None" = None
    ) -> list[tuple[int, str, str, int]]:
        """(person, path, column, position) of every post, or of those below a top; for leaders."""
        rows = self._below(top, as_of, round_)
        return list(rows.values_list("participant_id", "path", "column", "position"))

    def _below(self, top: "Unit | None", as_of: "Round", round_: "Round | None") -> Heads:
        rows = self.heads(as_of, round_).order_by()
        # Below the top of the tree is everybody.
        if top is None or top.parent_id is None:
            return rows
        return rows.filter(path__startswith=top.path)


def _units(as_of: "Round", _round: "Round | None") -> Heads:
    return counted_units(as_of.campaign).annotate(column=F("sector"))


def _units_reviewed(as_of: "Round", round_: "Round | None") -> Heads:
    return _units(as_of, round_).filter(pk__in=reviews.reviewed_units(_needed(round_)))


def _units_appraised(as_of: "Round", round_: "Round | None") -> Heads:
    done = appraisals.appraised_units(as_of, also_earlier=True)
    return _units(as_of, round_).filter(pk__in=done)


def _members(as_of: "Round", _round: "Round | None") -> Heads:
    members = counted_members(as_of.campaign).exclude(unit__sector="")
    return members.annotate(column=F("unit__sector"), path=F("unit__path"))


def _members_reviewed(as_of: "Round", round_: "Round | None") -> Heads:
    return _members(as_of, round_).filter(pk__in=reviews.reviewed_participants(_needed(round_)))


def _members_appraised(as_of: "Round", round_: "Round | None") -> Heads:
    done = appraisals.appraised_participants(as_of, also_earlier=True)
    return _members(as_of, round_).filter(pk__in=done)


def _leaders(as_of: "Round", _round: "Round | None") -> Heads:
    return counted_posts(as_of.campaign).annotate(column=F("category"), path=F("unit__path"))


def _leaders_reviewing(as_of: "Round", round_: "Round | None") -> Heads:
    return _leaders(as_of, round_).filter(participant_id__in=reviews.reviewers(_needed(round_)))


def _needed(round_: "Round | None") -> "Round":
    if round_ is None:
        raise ValueError("a row with this measure must name its round in the pack")
    return round_


def _begun(as_of: "Round") -> set[str]:
    """Paths of all units in whose subtree an appraisal has begun."""
    begun = appraisals.begun_paths(as_of, also_earlier=True)
    return {above for path in begun for above in ancestors_and_self(path)}


MEASURES: dict[str, Measure] = {
    "organizations": Measure("unit", _units, base="organizations"),
    "organizations_reviewed": Measure("unit", _units_reviewed, base="organizations", by_round=True),
    "organizations_appraised": Measure(
        "unit", _units_appraised, base="organizations", begun=_begun
    ),
    "members": Measure("member", _members, base="members"),
    "members_reviewed": Measure("member", _members_reviewed, base="members", by_round=True),
    "members_appraised": Measure("member", _members_appraised, base="members", begun=_begun),
    "leaders": Measure("leader", _leaders, base="leaders"),
    "leaders_reviewing": Measure("leader", _leaders_reviewing, base="leaders", by_round=True),
}
