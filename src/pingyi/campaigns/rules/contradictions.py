"""Checks within a pack: what has the right shape, and yet can never be done or never be true.

Works on the plain data like `campaigns.rules.references`: a finding is (dotted key, code,
parameters), and what has the wrong shape is left to pydantic.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pingyi.campaigns.rules.apart import apart_contradictions
from pingyi.campaigns.rules.references import (
    Finding,
    codes_of,
    day_in,
    missing,
    name_of,
    pieces,
    repeated,
    share,
)
from pingyi.campaigns.rules.scoring import score_contradictions

Piece = Mapping[str, Any]
# Who is asked for something by a day: branches, the units that report, the top of the tree.
TIERS = ("branch", "unit", "county")


def contradictions(data: Piece) -> list[Finding]:
    """Everything that a pack says and that cannot be so."""
    return [
        *_levels(data),
        *_days(data),
        *_labels(data),
        *_review(data),
        *_stages(data),
        *_ballots(data),
        *_shares(data),
        *_flags(data),
        *apart_contradictions(data),
        *score_contradictions(data),
    ]


def _levels(data: Piece) -> Iterator[Finding]:
    levels = data.get("reporting_levels")
    if isinstance(levels, list):
        yield from repeated("reporting_levels", [each for each in levels if isinstance(each, str)])


def _days(data: Piece) -> Iterator[Finding]:
    """Rounds stand in their order, and nothing is due before its round begins."""
    begins: dict[str, date] = {}
    before: tuple[str, date] | None = None
    for plan in pieces(data, "rounds"):
        opens = day_in(plan, "opens_on")
        if opens is None:
            continue
        if before is not None and opens < before[1]:
            params = {"value": str(opens), "expected": before[0]}
            yield f"rounds.{name_of(plan)}.opens_on", "round_out_of_order", params
        begins[name_of(plan)] = opens
        before = name_of(plan), opens
    for number, deadline in enumerate(pieces(data, "deadlines"), start=1):
        tier = deadline.get("tier")
        if isinstance(tier, str) and tier not in TIERS:
            params = {"value": tier, "expected": ", ".join(TIERS)}
            yield f"deadlines.#{number}.tier", "tier_of_nobody", params
        due, first = day_in(deadline, "due_on"), begins.get(str(deadline.get("round")))
        if due is not None and first is not None and due < first:
            params = {"value": str(due), "expected": str(first)}
            yield f"deadlines.#{number}.due_on", "due_before_it_begins", params


# What people choose from or read side by side, by the name that it has for them.
LABELLED = (
    (("rounds",), "name"),
    (("review", "forms"), "label"),
    (("review", "themes"), "label"),
    (("review", "scopes"), "label"),
    (("review", "ways"), "label"),
    (("appraisal", "stages"), "label"),
    (("appraisal", "strata"), "label"),
    (("appraisal", "rates"), "label"),
)


def _labels(data: Piece) -> Iterator[Finding]:
    for way, key in LABELLED:
        yield from _alike(".".join(way), pieces(data, *way), key)
    for form in pieces(data, "appraisal", "forms"):
        for name in ("items", "options"):
            yield from _alike(f"appraisal.forms.{name_of(form)}.{name}", pieces(form, name))
    for table in pieces(data, "tables"):
        where = f"tables.{name_of(table)}"
        yield from _alike(f"{where}.rows", pieces(table, "rows"))
        for number, block in enumerate(pieces(table, "blocks"), start=1):
            yield from _alike(f"{where}.blocks.#{number}.columns", pieces(block, "columns"))


def _alike(where: str, found: Iterable[Piece], key: str = "label") -> Iterator[Finding]:
    labels = [_text(piece.get(key)) for piece in found]
    for label in sorted({label for label in labels if label and labels.count(label) > 1}):
        yield where, "label_twice", {"value": label}


def _text(label: object) -> str:
    """A label as it is read; that of a row of a table has up to two parts."""
    parts = label if isinstance(label, list) else [label]
    return " ".join(" ".join(part.split()) for part in parts if isinstance(part, str))


def _review(data: Piece) -> Iterator[Finding]:
    plan = data.get("review")
    if not isinstance(plan, dict):
        return
    for key in ("forms", "scopes", "ways"):
        if plan.get(key) == []:
            yield f"review.{key}", "too_few", {"limit": "1"}


def _stages(data: Piece) -> Iterator[Finding]:
    """One stage counts: with none there is no result, with two nobody knows which holds."""
    stages = pieces(data, "appraisal", "stages")
    counting = [name_of(stage) for stage in stages if stage.get("kind") == "count"]
    if stages and len(counting) != 1:
        params = {"value": ", ".join(counting) or "0"}
        yield "appraisal.stages", "one_stage_counts", params
    if not pieces(data, "appraisal", "strata"):
        for stage in stages:
            if stage.get("kind") == "meeting":
                yield f"appraisal.stages.{name_of(stage)}.kind", "meeting_of_nobody", {}


def _ballots(data: Piece) -> Iterator[Finding]:
    for form in pieces(data, "appraisal", "forms"):
        key, items = f"appraisal.forms.{name_of(form)}", pieces(form, "items")
        overall = [name_of(item) for item in items if item.get("overall") is True]
        if items and len(overall) != 1:
            yield f"{key}.items", "one_overall_item", {"value": ", ".join(overall) or "0"}
        options = pieces(form, "options")
        inside = [option for option in options if option.get("outside") is not True]
        if len(options) > 1 and len(inside) < 2:
            yield f"{key}.options", "two_options_count", {}
        yield from _judged(key, form)
        yield from _decision(key, form)


def _decision(key: str, form: Piece) -> Iterator[Finding]:
    """Grades are told apart, and a quota is of people and of a grade that there is."""
    grades = codes_of(pieces(form, "decision", "grades"))
    yield from repeated(f"{key}.decision.grades", grades)
    yield from _alike(f"{key}.decision.grades", pieces(form, "decision", "grades"))
    for number, quota in enumerate(pieces(form, "decision", "quotas"), start=1):
        where = f"{key}.decision.quotas.#{number}"
        yield from missing(f"{where}.grade", quota.get("grade"), grades)
        limit = share(quota.get("at_most"))
        if limit is not None and not 0 <= limit <= 1:
            yield f"{where}.at_most", "no_share", {"value": str(quota.get("at_most"))}
        if form.get("subject") == "organization":
            yield where, "members_only", {}


def _judged(key: str, form: Piece) -> Iterator[Finding]:
    """Who has a row is said once, and of ballots on people only."""
    units, people = form.get("units"), form.get("people")
    is_on_people, is_full = form.get("subject") != "organization", form.get("graded") == "full"
    if is_full and not is_on_people:
        yield f"{key}.graded", "members_only", {}
    if isinstance(units, dict) and not any(units.values()):
        yield f"{key}.units", "selects_nothing", {"expected": "levels, kinds, sectors, codes"}
    if not isinstance(people, dict):
        return
    if not is_on_people:
        yield f"{key}.people", "members_only", {}
    if is_full:
        yield f"{key}.graded", "people_say_who", {}
    if bool(people.get("categories")) == bool(people.get("named")):
        yield f"{key}.people", "categories_or_named", {}


def _shares(data: Piece) -> Iterator[Finding]:
    """Nothing is more than the whole, or less than nothing."""
    plan = data.get("appraisal")
    counting = plan.get("counting") if isinstance(plan, dict) else None
    found: list[tuple[str, object, bool]] = []
    if isinstance(counting, dict):
        found.append(("appraisal.counting.quorum", counting.get("quorum"), False))
    for rate in pieces(data, "appraisal", "rates"):
        key, bands = f"appraisal.rates.{name_of(rate)}", pieces(rate, "bands")
        found += [
            (f"{key}.bands.#{number}.at_least", band.get("at_least"), True)
            for number, band in enumerate(bands, start=1)
        ]
        begins = [
            str(limit) for band in bands if (limit := share(band.get("at_least"))) is not None
        ]
        yield from repeated(f"{key}.bands", begins)
        yield from _of_what(key, rate, data)
    for flag in pieces(data, "appraisal", "flags"):
        key = f"appraisal.flags.{name_of(flag)}"
        found += [(f"{key}.{name}", flag.get(name), True) for name in ("above", "at_most")]
        found.append((f"{key}.below", flag.get("below"), False))
    for key, value, may_be_none in found:
        limit = share(value)
        if limit is not None and not (0 <= limit <= 1 and (may_be_none or limit)):
            yield key, "no_share", {"value": str(value)}


def _of_what(key: str, rate: Piece, data: Piece) -> Iterator[Finding]:
    """A rate adds up each answer once, and over the base none that is no part of it."""
    of = rate.get("of")
    answers = [code for code in of if isinstance(code, str)] if isinstance(of, list) else []
    yield from repeated(f"{key}.of", answers)
    if rate.get("over") != "base":
        return
    outside = {
        name_of(option)
        for form in pieces(data, "appraisal", "forms")
        for option in pieces(form, "options")
        if option.get("outside") is True
    }
    for code in sorted(outside & set(answers)):
        yield f"{key}.of", "outside_the_base", {"value": code}


def _flags(data: Piece) -> Iterator[Finding]:
    """A flag that can never be raised is none."""
    forms = {name_of(form): form for form in pieces(data, "appraisal", "forms")}
    rates = {name_of(rate): rate for rate in pieces(data, "appraisal", "rates")}
    strata = pieces(data, "appraisal", "strata")
    plan = data.get("appraisal")
    counting = plan.get("counting") if isinstance(plan, dict) else None
    for flag in pieces(data, "appraisal", "flags"):
        key, kind = f"appraisal.flags.{name_of(flag)}", flag.get("kind")
        form, rate = forms.get(str(flag.get("form"))), rates.get(str(flag.get("rate")))
        if kind == "quota" and form is not None and form.get("subject") == "organization":
            yield f"{key}.form", "members_only", {}
        if kind == "quorum" and isinstance(counting, dict) and "quorum" not in counting:
            yield key, "no_quorum", {}
        if kind == "panel" and not any(_is_positive(each.get("least")) for each in strata):
            yield key, "no_least", {}
        if kind == "panel" and not _meets_before_the_count(data):
            yield key, "no_meeting_before", {}
        of = rate.get("of") if rate is not None else None
        if form is not None and isinstance(of, list):
            answers = codes_of(pieces(form, "options"))
            if answers and not set(answers).intersection(map(str, of)):
                params = {"value": name_of(rate or {}), "expected": ", ".join(answers)}
                yield f"{key}.rate", "not_on_the_ballot", params


def _meets_before_the_count(data: Piece) -> bool:
    """Whether who was present is recorded when the count is signed, or the stages are wrong."""
    kinds = [stage.get("kind") for stage in pieces(data, "appraisal", "stages")]
    return "count" not in kinds or "meeting" in kinds[: kinds.index("count")]


def _is_positive(least: object) -> bool:
    return isinstance(least, int) and least > 0
