"""Named measures: each is one query over the frozen universe that can also list its heads (N11).

A pack's table rows name a measure and, where it has one, a round. Organizations and members
stand in one place of the tree, so their heads are grouped by the database; a leader may hold
several posts and is counted once per table by `rules.first_columns`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Count, Exists, OuterRef, QuerySet

from pingyi.appraisals import queries as appraisals
from pingyi.campaigns.queries import (
    counted_members,
    counted_posts,
    counted_units,
    hold_all,
    under,
    units_at,
)
from pingyi.returns.queries.moments import Moment
from pingyi.returns.rules.rollup import ancestors_and_self
from pingyi.reviews import queries as reviews

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round

Heads = QuerySet[Any]
# (head, since, until): when it counted; until None, as it still does.
Span = tuple[int, datetime, datetime | None]


@dataclass(frozen=True)
class Own:
    """What a unit counts of itself and no unit that reports below it: the paths of those places."""

    path: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """One thing that tables count.

    `heads(moment, round)` lists what is counted, each with `column` (sector or leader category) and
    `place` (the path where it stands); a measure without a round counts what was done up to the
    round of the moment. `base` names the measure it can never exceed. `begun(moment, top)` tells
    the paths in whose subtree the work has begun, for measures without a round.
    """

    kind: str  # "unit" | "member" | "leader"
    heads: Callable[[Moment, "Round | None"], Heads]
    base: str
    begun: Callable[[Moment, str | Own | None], set[str]] | None = None
    # Counted round by round: a row with it names its round.
    by_round: bool = False
    # `spans(moment, round, ids)`: when some heads counted, of a measure that is not its own base;
    # for whoever compares many moments.
    spans: Callable[[Moment, "Round | None", Collection[int]], list[Span]] | None = None

    def grouped(
        self, moment: Moment, round_: "Round | None", top: str | Own | None = None
    ) -> list[tuple[str, str, int]]:
        """(path, column, heads) of every unit that has any; for organizations and members.

        With the path of a top, only its subtree, all of it counted there.
        """
        rows = below(top, self.heads(moment, round_).order_by())
        if top is None:
            return list(rows.values_list("place", "column").annotate(heads=Count("pk")))
        path = top.path if isinstance(top, Own) else top
        sums = rows.values_list("column").annotate(heads=Count("pk"))
        return [(path, column, heads) for column, heads in sums]

    def posts(
        self, moment: Moment, round_: "Round | None", top: str | Own | None = None
    ) -> list[tuple[int, str, str, int]]:
        """(person, path, column, position) of every post, or of those below a top; for leaders."""
        rows = below(top, self.heads(moment, round_).order_by())
        return list(rows.values_list("participant_id", "place", "column", "position"))


def below(top: str | Own | None, rows: Heads) -> Heads:
    """Of some heads those that stand in a subtree, or at the places that are somebody's own."""
    if isinstance(top, Own):
        return rows.filter(place__in=top.places)
    # Below the top of the tree is everybody.
    if top is None or hold_all([top]):
        return rows
    return rows.filter(under([top], "place"))


def _units(moment: Moment, _round: "Round | None") -> Heads:
    return counted_units(moment.round.campaign, moment.at)


def _units_reviewed(moment: Moment, round_: "Round | None") -> Heads:
    return _units(moment, round_).filter(reviews.is_reviewed("unit", _needed(round_), moment.at))


def _units_appraised(moment: Moment, round_: "Round | None") -> Heads:
    done = appraisals.is_appraised_unit(moment.round, also_earlier=True, at=moment.at)
    return _units(moment, round_).filter(done)


def _members(moment: Moment, _round: "Round | None") -> Heads:
    return counted_members(moment.round.campaign, moment.at).exclude(column="")


def _members_reviewed(moment: Moment, round_: "Round | None") -> Heads:
    done = reviews.is_reviewed("participant", _needed(round_), moment.at)
    return _members(moment, round_).filter(done)


def _members_appraised(moment: Moment, round_: "Round | None") -> Heads:
    done = appraisals.is_appraised_participant(moment.round, also_earlier=True, at=moment.at)
    return _members(moment, round_).filter(done)


def _leaders(moment: Moment, _round: "Round | None") -> Heads:
    return counted_posts(moment.round.campaign, moment.at)


def _leaders_reviewing(moment: Moment, round_: "Round | None") -> Heads:
    done = reviews.has_reviewed("participant_id", _needed(round_), moment.at)
    return _leaders(moment, round_).filter(done)


def _leaders_appraised(moment: Moment, round_: "Round | None") -> Heads:
    done = appraisals.is_appraised_participant(
        moment.round, also_earlier=True, at=moment.at, of="participant_id"
    )
    return _leaders(moment, round_).filter(done)


def _needed(round_: "Round | None") -> "Round":
    if round_ is None:
        raise ValueError("a row with this measure must name its round in the pack")
    return round_


def _begun(moment: Moment, top: str | Own | None) -> set[str]:
    """Paths of the units in whose subtree an appraisal has begun; of those below a top."""
    begun = appraisals.begun_in(moment.round, also_earlier=True, at=moment.at)
    units = below(top, units_at(moment.round.campaign, moment.at))
    units = units.filter(Exists(begun.filter(unit=OuterRef("pk"))))
    paths = units.order_by().values_list("place", flat=True)
    return {above for path in paths for above in ancestors_and_self(path)}


def _reviewed(
    field: Literal["unit", "participant", "reviewer"],
) -> Callable[[Moment, "Round | None", Collection[int]], list[Span]]:
    return lambda _moment, round_, ids: reviews.review_spans(field, ids, _needed(round_))


def _unit_appraised(moment: Moment, _round: "Round | None", ids: Collection[int]) -> list[Span]:
    return appraisals.unit_spans(moment.round, ids)


def _member_appraised(moment: Moment, _round: "Round | None", ids: Collection[int]) -> list[Span]:
    return appraisals.participant_spans(moment.round, ids)


MEASURES: dict[str, Measure] = {
    "organizations": Measure("unit", _units, base="organizations"),
    "organizations_reviewed": Measure(
        "unit", _units_reviewed, "organizations", by_round=True, spans=_reviewed("unit")
    ),
    "organizations_appraised": Measure(
        "unit", _units_appraised, "organizations", begun=_begun, spans=_unit_appraised
    ),
    "members": Measure("member", _members, base="members"),
    "members_reviewed": Measure(
        "member", _members_reviewed, "members", by_round=True, spans=_reviewed("participant")
    ),
    "members_appraised": Measure(
        "member", _members_appraised, "members", begun=_begun, spans=_member_appraised
    ),
    "leaders": Measure("leader", _leaders, base="leaders"),
    "leaders_reviewing": Measure(
        "leader", _leaders_reviewing, "leaders", by_round=True, spans=_reviewed("reviewer")
    ),
    "leaders_appraised": Measure(
        "leader", _leaders_appraised, "leaders", begun=_begun, spans=_member_appraised
    ),
}
