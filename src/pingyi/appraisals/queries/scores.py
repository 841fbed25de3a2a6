"""Scores as pages and files show them: of groups and of the whole, with the formula (ADR 0039)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.appraisals.queries.plans import score_rule
from pingyi.appraisals.rules.scoring import ScoreRule, Total, Weighed, score_of, total_of, weighted
from pingyi.core.fractions import percent_text, share_text

if TYPE_CHECKING:
    from pingyi.appraisals.queries.results import ItemResult, MemberResult
    from pingyi.appraisals.queries.whole import Whole
    from pingyi.appraisals.rules.identities import Line
    from pingyi.campaigns.models import Participant
    from pingyi.campaigns.rules.pack import BallotForm


@dataclass(frozen=True)
class ScoreTable:
    """The scores of a count, or of all strata together: a row a subject, never in order of it."""

    label: str
    # What the whole is made of: groups or items, or strata.
    heads: list[str]
    # Name of a person, empty for the organization.
    rows: list[tuple[str, Total]]
    formulas: list[str]


def total_in(form: "BallotForm", items: "Iterable[ItemResult]") -> Total | None:
    """The score of a subject by its items; None where the ballot is not scored."""
    rule = score_rule(form)
    if rule is None:
        return None
    return total_of({each.item.code: each.score.value for each in items if each.score}, rule)


def score_table(
    form: "BallotForm", items: "list[ItemResult]", members: "list[MemberResult]"
) -> ScoreTable | None:
    """The scores of a signed count: of the organization, or of each member in their order."""
    rule = score_rule(form)
    if rule is None:
        return None
    subjects = [("", items)] if items else []
    subjects += [(one.participant.shown_name, one.items) for one in members]
    totals = [(name, total_in(form, found)) for name, found in subjects]
    rows = [(name, total) for name, total in totals if total is not None]
    heads = [f"{part.label} {share_text(str(part.weight))}" for part in rule.tree]
    return ScoreTable(rule.label, heads, rows, [*formulas(form)])


def point_text(score: Fraction | None) -> str:
    """A score with two decimals; a dash where there is none."""
    return "-" if score is None else percent_text(score, places=2)


def formulas(form: "BallotForm") -> Iterator[str]:
    """How the scores of a ballot are made, from the pack: item, groups, whole, bands. Nothing where
    it is not scored.
    """
    rule = score_rule(form)
    if rule is None:
        return
    points = " + ".join(
        f"{option.label} × {option.score}" for option in form.options if option.score is not None
    )
    base = _("ballots with a scored answer")
    if rule.over == "valid":
        base = _("valid ballots, without answers outside the base")
    yield _("Score of an item = (%(points)s) ÷ %(base)s") % {"points": points, "base": base}
    yield from (f"{part.label} = {_made_of(part.parts)}" for part in rule.tree if part.parts)
    whole = f"{rule.label} = {_made_of(rule.tree)}"
    yield _(", ").join([whole, *(f"{band.label} ≥ {band.at_least}" for band in rule.bands)])


def _made_of(parts: Sequence[Weighed]) -> str:
    return " + ".join(f"{share_text(str(part.weight))} × {part.label}" for part in parts)


def whole_scores(
    whole: "Whole", form: "BallotForm", people: "Mapping[int, Participant]", formula: str
) -> ScoreTable | None:
    """The scores of all strata together beside those of each: by their weights, or of all ballots
    added up.
    """
    rule = score_rule(form)
    if rule is None:
        return None
    boxes = [_by_subject(one.lines.values()) for one in whole.boxes]
    weights = [one.weight for one in whole.boxes if one.weight is not None]
    rows = []
    for member, lines in sorted(_by_subject(whole.lines).items(), key=lambda one: one[0] or 0):
        parts = tuple(_total(found[member], rule) for found in boxes)
        value = weighted(weights, parts) if weights else _total(lines, rule)
        name = people[member].shown_name if member is not None else ""
        rows.append((name, Total(parts, value, rule.bands)))
    heads = [one.label for one in whole.boxes]
    return ScoreTable(rule.label, heads, rows, [*formulas(form), f"{rule.label} = {formula}"])


def _by_subject(lines: "Iterable[Line]") -> "dict[int | None, list[Line]]":
    found: dict[int | None, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.member].append(line)
    return found


def _total(lines: "Iterable[Line]", rule: ScoreRule) -> Fraction | None:
    return total_of({line.item: score_of(line, rule).value for line in lines}, rule).value
