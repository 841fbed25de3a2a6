"""Checks within a pack: every code referred to exists, none stands twice, dates are in order.

Works on the plain data of the file and skips what has the wrong shape (pydantic names that), so
that all problems of a pack come out at once. Each finding is (dotted key, code, parameters).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

Finding = tuple[str, str, dict[str, str]]
# What tables can count: names of measures, and whether a row with it must name its round.
Measures = Mapping[str, bool]


def reference_problems(data: Mapping[str, Any], measures: Measures | None) -> list[Finding]:
    """Everything that a pack says and does not keep; without measures any name is taken."""
    rounds = _codes(_pieces(data, "rounds"))
    return [
        *_twice_in_plan(data),
        *_rounds(data, rounds),
        *_tables(data, rounds, measures),
        *_checks(data),
        *_appraisal(data),
    ]


def _pieces(data: Mapping[str, Any], *way: str) -> list[Mapping[str, Any]]:
    """The tables in the list at the end of the way; nothing where there is none."""
    found: Any = data
    for step in way:
        found = found.get(step) if isinstance(found, dict) else None
    return [piece for piece in found if isinstance(piece, dict)] if isinstance(found, list) else []


def _codes(pieces: Iterable[Mapping[str, Any]]) -> list[str]:
    return [code for piece in pieces if isinstance(code := piece.get("code"), str)]


def _name(piece: Mapping[str, Any]) -> str:
    return str(piece.get("code", "?"))


def _twice(where: str, codes: list[str]) -> Iterator[Finding]:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{where}.{code}", "twice", {"value": code}


LISTS = (
    ("rounds",),
    ("tables",),
    ("checks",),
    ("review", "forms"),
    ("review", "themes"),
    ("review", "scopes"),
    ("review", "ways"),
    ("appraisal", "stages"),
    ("appraisal", "strata"),
    ("appraisal", "forms"),
    ("appraisal", "rates"),
    ("appraisal", "flags"),
)


def _twice_in_plan(data: Mapping[str, Any]) -> Iterator[Finding]:
    for way in LISTS:
        yield from _twice(".".join(way), _codes(_pieces(data, *way)))
    for form in _pieces(data, "appraisal", "forms"):
        for name in ("items", "options"):
            yield from _twice(f"appraisal.forms.{_name(form)}.{name}", _codes(_pieces(form, name)))
    for table in _pieces(data, "tables"):
        yield from _twice(f"tables.{_name(table)}.rows", _codes(_pieces(table, "rows")))
        columns = [
            code for block in _pieces(table, "blocks") for code in _codes(_pieces(block, "columns"))
        ]
        yield from _twice(f"tables.{_name(table)}.blocks", columns)


def _rounds(data: Mapping[str, Any], rounds: list[str]) -> Iterator[Finding]:
    for plan in _pieces(data, "rounds"):
        opens, closes = plan.get("opens_on"), plan.get("closes_on")
        if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
            params = {"value": str(closes), "expected": str(opens)}
            yield f"rounds.{_name(plan)}.closes_on", "ends_before_it_begins", params
    stated: list[str] = []
    for number, deadline in enumerate(_pieces(data, "deadlines"), start=1):
        yield from _missing(f"deadlines.#{number}.round", deadline.get("round"), rounds)
        stated.append(f"{deadline.get('round')}.{deadline.get('tier')}")
    yield from _twice("deadlines", stated)


def _missing(key: str, code: object, known: list[str]) -> Iterator[Finding]:
    if isinstance(code, str) and code not in known:
        yield key, "not_defined", {"value": code, "expected": ", ".join(known)}


def _tables(
    data: Mapping[str, Any], rounds: list[str], measures: Measures | None
) -> Iterator[Finding]:
    for table in _pieces(data, "tables"):
        for row in _pieces(table, "rows"):
            key, measure = f"tables.{_name(table)}.rows.{_name(row)}", row.get("measure")
            yield from _missing(f"{key}.round", row.get("round"), rounds)
            if measures is None or not isinstance(measure, str):
                continue
            yield from _missing(f"{key}.measure", measure, sorted(measures))
            if measures.get(measure) and "round" not in row:
                yield f"{key}.round", "needs_round", {"value": measure}


def _checks(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Each side of a check names rows and cells that the tables have."""
    rows: list[str] = []
    cells: list[str] = []
    for table in _pieces(data, "tables"):
        columns = [
            code for block in _pieces(table, "blocks") for code in _codes(_pieces(block, "columns"))
        ]
        mine = [f"{_name(table)}.{code}" for code in _codes(_pieces(table, "rows"))]
        rows += mine
        cells += [f"{row}.{column}" for row in mine for column in columns]
    for check in _pieces(data, "checks"):
        for side in ("left", "right"):
            names = check.get(side)
            for name in names if isinstance(names, list) else []:
                known = cells if isinstance(name, str) and name.count(".") > 1 else rows
                yield from _missing(f"checks.{_name(check)}.{side}", name, known)


def _appraisal(data: Mapping[str, Any]) -> Iterator[Finding]:
    forms = {_name(form): form for form in _pieces(data, "appraisal", "forms")}
    options = [code for form in forms.values() for code in _codes(_pieces(form, "options"))]
    for stratum in _pieces(data, "appraisal", "strata"):
        if "weight" in stratum:
            # A teller's count has one set of sums for the whole panel (ADR 0012).
            yield f"appraisal.strata.{_name(stratum)}.weight", "has_no_effect", {}
    for rate in _pieces(data, "appraisal", "rates"):
        of = rate.get("of")
        for code in of if isinstance(of, list) else []:
            yield from _missing(f"appraisal.rates.{_name(rate)}.of", code, options)
    rates = _codes(_pieces(data, "appraisal", "rates"))
    for flag in _pieces(data, "appraisal", "flags"):
        yield from _flag(flag, forms, rates)


def _flag(
    flag: Mapping[str, Any], forms: Mapping[str, Mapping[str, Any]], rates: list[str]
) -> Iterator[Finding]:
    key, kind = f"appraisal.flags.{_name(flag)}", flag.get("kind")
    yield from _missing(f"{key}.form", flag.get("form"), list(forms))
    form = forms.get(str(flag.get("form")))
    if form is not None:
        yield from _missing(f"{key}.item", flag.get("item"), _codes(_pieces(form, "items")))
        yield from _missing(f"{key}.option", flag.get("option"), _codes(_pieces(form, "options")))
    yield from _missing(f"{key}.rate", flag.get("rate"), rates)
    if kind == "threshold" and ("below" in flag) == ("above" in flag):
        yield key, "below_or_above", {}
