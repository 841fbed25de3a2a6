"""The result of a ballot as a whole: of one count, or of all strata that are counted apart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from pingyi.appraisals.models import Appraisal, Count
from pingyi.appraisals.queries.boxes import Box, boxes_of, signed_in
from pingyi.appraisals.queries.counts import ballot_of, figures_of, lines_of
from pingyi.appraisals.queries.plans import needed_plan, outside_of, rates_of
from pingyi.appraisals.queries.scores import ScoreTable, whole_scores
from pingyi.appraisals.rules.counting import RateResult, RateRule, leading_option, rate_of
from pingyi.appraisals.rules.identities import SUMS, Figures, Line, Row
from pingyi.appraisals.rules.whole import Part, proposed, whole_rate
from pingyi.core.fractions import percent_text

if TYPE_CHECKING:
    from pingyi.campaigns.rules.pack import BallotForm, Item


@dataclass(frozen=True)
class Counted:
    """The signed count of a box, for the rules; its weight where strata have weights."""

    box: Box
    figures: Figures
    lines: dict[Row, Line]

    @property
    def label(self) -> str:
        """Whose ballots they are."""
        return self.box.stratum.label if self.box.stratum else ""

    @property
    def weight(self) -> Fraction | None:
        """The weight of the stratum; None where ballots are added up."""
        return self.box.stratum.weight if self.box.stratum else None


@dataclass(frozen=True)
class Whole:
    """All boxes of a ballot, each signed."""

    boxes: list[Counted]

    @property
    def figures(self) -> Figures:
        """The sums of all boxes."""
        return Figures(
            **{name: sum(getattr(one.figures, name) for one in self.boxes) for name in SUMS}
        )

    @property
    def lines(self) -> list[Line]:
        """The ballots of all boxes added up, row by row."""
        found: dict[Row, list[Line]] = defaultdict(list)
        for one in self.boxes:
            for row, line in one.lines.items():
                found[row].append(line)
        return [_sum(lines) for lines in found.values()]

    def parts(self, row: Row, rule: RateRule, outside: frozenset[str]) -> list[Part]:
        """The rate of a row in each box that has the row."""
        return [
            Part(one.label, one.weight, rate_of(one.lines[row], rule, outside=outside))
            for one in self.boxes
            if row in one.lines
        ]

    def rates(
        self, item: str, rule: RateRule, outside: frozenset[str]
    ) -> list[tuple[int | None, RateResult]]:
        """The rate of an item, of the organization (None) or of each member."""
        rows = [line.row for line in self.lines if line.item == item]
        return [(row[0], whole_rate(self.parts(row, rule, outside))) for row in rows]

    def leading(self, item: str, options: Sequence[str]) -> list[str]:
        """The answer that leads for each subject, empty where none does: with weights that of these
        with the largest share over all strata, else the one that most ballots gave.
        """
        lines = [line for line in self.lines if line.item == item]
        if any(one.weight is None for one in self.boxes):
            return [leading_option(line) or "" for line in lines]
        weights = [one.weight for one in self.boxes]
        return [
            proposed([one.lines[line.row] for one in self.boxes], weights, options)
            for line in lines
        ]


def whole_of(count: Count) -> Whole | None:
    """The ballot that a signed count is of, as a whole; None while a box of it is not signed."""
    return whole_at(count.appraisal, ballot_of(count))


def whole_at(appraisal: Appraisal, form: "BallotForm") -> Whole | None:
    """The ballot as a whole; None while a box of it is not signed."""
    signed = signed_in(appraisal)
    boxes = boxes_of(needed_plan(appraisal.round), [form])
    if any(box.key not in signed for box in boxes):
        return None
    return Whole(
        [
            Counted(
                box,
                figures_of(signed[box.key]),
                {line.row: line for line in lines_of(signed[box.key])},
            )
            for box in boxes
        ]
    )


def _sum(lines: Sequence[Line]) -> Line:
    first = lines[0]
    votes = {option: sum(line.votes.get(option, 0) for line in lines) for option in first.votes}
    abstained, void = sum(line.abstained for line in lines), sum(line.void for line in lines)
    return Line(first.item, votes, abstained, void, first.member)


@dataclass(frozen=True)
class WholeRow:
    """A rate of an item, of the organization or somebody, with the part of every stratum."""

    # None for the organization.
    member: int | None
    person: str
    item: "Item"
    parts: list[Part]
    rate: RateResult


@dataclass(frozen=True)
class WholeResult:
    """What the strata of a ballot say together: never without what each says."""

    form: "BallotForm"
    strata: list[str]
    rows: list[WholeRow]
    # How the whole is made of its parts: 50% × 服务对象 + 25% × …
    formula: str
    # None where the ballot is not scored.
    scores: ScoreTable | None


def whole_results(appraisal: Appraisal) -> list[WholeResult]:
    """Of each ballot whose strata are counted apart and all signed; none where one box is all."""
    plan = needed_plan(appraisal.round)
    if not plan.counting.apart:
        return []
    found = ((form, whole_at(appraisal, form)) for form in plan.forms)
    return [_result(appraisal, form, whole) for form, whole in found if whole is not None]


def _result(appraisal: Appraisal, form: "BallotForm", whole: Whole) -> WholeResult:
    rates, outside = rates_of(needed_plan(appraisal.round), form), outside_of(form)
    items = {item.code: item for item in form.items}
    rows = sorted((line.row for line in whole.lines), key=lambda row: row[0] or 0)
    keys = {key for key, _item in rows if key is not None}
    people = appraisal.round.campaign.participants.in_bulk(keys) if keys else {}
    found = []
    for key, item in rows:
        for rate in rates:
            parts = whole.parts((key, item), rate, outside)
            person = people[key].shown_name if key is not None else ""
            found.append(WholeRow(key, person, items[item], parts, whole_rate(parts)))
    formula = _formula(whole)
    scores = whole_scores(whole, form, people, formula)
    return WholeResult(form, [one.label for one in whole.boxes], found, formula, scores)


def _formula(whole: Whole) -> str:
    """How the whole is made: each stratum with its weight, or added up."""
    return " + ".join(
        f"{percent_text(one.weight * 100)}% × {one.label}" if one.weight is not None else one.label
        for one in whole.boxes
    )
