"""Scores of a ballot: what a mark is worth, and how items make one score (rulebook §2, ADR 0039).

Also the contradictions of what a pack says about it; findings are those of
`campaigns.rules.references`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from pingyi.campaigns.rules.parts import Code, Exact, Part, Text
from pingyi.campaigns.rules.references import (
    Finding,
    codes_of,
    missing,
    name_of,
    pieces,
    repeated,
    share,
)

MOST_POINTS = 100


class ScoreBand(Part):
    """A named stretch of a score, from its lower end (which belongs to it) to the next band."""

    at_least: Exact
    label: Text


class ItemGroup(Part):
    """Items that stand together, and what they weigh beside other groups."""

    code: Code
    label: Text
    weight: Exact


class Scoring(Part):
    """How the scores of the options make a score of each item, and the items the score of the
    whole: by their weights within their group, and the weights of the groups.
    """

    label: Text
    # base = ballots with a scored answer; valid = those left blank or void count as no points.
    over: Literal["valid", "base"] = "base"
    bands: list[ScoreBand] = []
    groups: Annotated[list[ItemGroup], Field(max_length=12)] = []


def score_contradictions(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Scores that nobody adds up, options without one, weights that are no whole."""
    for form in pieces(data, "appraisal", "forms"):
        key, scoring = f"appraisal.forms.{name_of(form)}", form.get("scoring")
        if isinstance(scoring, dict):
            yield from _points(key, form)
            yield from _bands(key, form)
            yield from _weights(key, form, scoring)
            continue
        for name, lists in (("score", "options"), ("weight", "items"), ("group", "items")):
            for piece in pieces(form, lists):
                if name in piece:
                    yield f"{key}.{lists}.{name_of(piece)}.{name}", "needs_scoring", {}


def _points(key: str, form: Mapping[str, Any]) -> Iterator[Finding]:
    """Every option of the base has its points, and they tell answers apart."""
    worth = []
    for option in pieces(form, "options"):
        where, value = f"{key}.options.{name_of(option)}", option.get("score")
        if option.get("outside") is True:
            if value is not None:
                yield f"{where}.score", "outside_has_no_score", {}
            continue
        if value is None:
            yield f"{where}.score", "missing", {}
        points = share(value)
        if points is None:
            continue
        worth.append(points)
        if not 0 <= points <= MOST_POINTS:
            yield f"{where}.score", "no_points", {"value": str(value), "limit": str(MOST_POINTS)}
    if len(worth) > 1 and len(set(worth)) == 1:
        yield f"{key}.options", "all_score_alike", {"value": str(worth[0])}


def _bands(key: str, form: Mapping[str, Any]) -> Iterator[Finding]:
    """Bands begin apart, are called apart, and the best answers reach them."""
    scores = [share(option.get("score")) for option in pieces(form, "options")]
    best = max((score for score in scores if score is not None), default=None)
    bands = pieces(form, "scoring", "bands")
    begins = [limit for band in bands if (limit := share(band.get("at_least"))) is not None]
    yield from repeated(f"{key}.scoring.bands", [str(limit) for limit in begins])
    yield from _alike(f"{key}.scoring.bands", bands)
    for number, band in enumerate(bands, start=1):
        limit = share(band.get("at_least"))
        if limit is not None and best is not None and not 0 <= limit <= best:
            params = {"value": str(band.get("at_least")), "limit": str(best)}
            yield f"{key}.scoring.bands.#{number}.at_least", "no_points", params


def _alike(where: str, found: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    labels = [str(piece.get("label")) for piece in found]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        yield where, "label_twice", {"value": label}


def _weights(key: str, form: Mapping[str, Any], scoring: Mapping[str, Any]) -> Iterator[Finding]:
    """Items weigh the whole of their group, groups the whole of the ballot; or no item weighs."""
    items, groups = pieces(form, "items"), pieces(scoring, "groups")
    codes = codes_of(groups)
    yield from repeated(f"{key}.scoring.groups", codes)
    yield from _alike(f"{key}.scoring.groups", groups)
    for item in items:
        where = f"{key}.items.{name_of(item)}"
        yield from missing(f"{where}.group", item.get("group"), codes)
        if groups and "weight" in item and "group" not in item:
            yield f"{where}.group", "missing", {}
    if not groups:
        weighing = [item for item in items if "weight" in item]
        yield from _whole(f"{key}.items", weighing)
        return
    yield from _whole(f"{key}.scoring.groups", groups)
    for group in groups:
        inside = [item for item in items if item.get("group") == group.get("code")]
        if not inside:
            yield f"{key}.scoring.groups.{name_of(group)}", "group_of_nothing", {}
        yield from _whole(f"{key}.scoring.groups.{name_of(group)}", inside)


def _whole(key: str, weighing: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """The weights of these are more than nothing each and one together."""
    weights = [share(piece.get("weight", "0")) for piece in weighing]
    known = [weight for weight in weights if weight is not None]
    if not weighing or len(known) < len(weights):
        return  # nothing weighs, or pydantic names it
    if any(weight <= 0 for weight in known) or sum(known) != 1:
        said = " + ".join(f"{name_of(each)} {each.get('weight', '0')}" for each in weighing)
        yield key, "no_whole", {"value": said}
