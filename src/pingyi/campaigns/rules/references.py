"""Checks within a pack: every code referred to exists, none stands twice, dates are in order.

Works on the plain data of the file and skips what has the wrong shape (pydantic names that), so
that all problems of a pack come out at once. Each finding is (dotted key, code, parameters).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pingyi.core.fractions import parse_fraction

Finding = tuple[str, str, dict[str, str]]
# What tables can count: names of measures, and whether a row with it must name its round.
Measures = Mapping[str, bool]


def reference_problems(data: Mapping[str, Any], measures: Measures | None) -> list[Finding]:
    """Everything that a pack says and does not keep; without measures any name is taken."""
    rounds = codes_of(pieces(data, "rounds"))
    return [
        *_twice_in_plan(data),
        *_rounds(data, rounds),
        *_tables(data, rounds, measures),
        *_checks(data),
        *_appraisal(data),
    ]


def pieces(data: Mapping[str, Any], *way: str) -> list[Mapping[str, Any]]:
    """The tables in the list at the end of the way; nothing where there is none."""
    found: Any = data
    for step in way:
        found = found.get(step) if isinstance(found, dict) else None
    return [piece for piece in found if isinstance(piece, dict)] if isinstance(found, list) else []


def codes_of(found: Iterable[Mapping[str, Any]]) -> list[str]:
    """The codes of these pieces that have one."""
    return [code for piece in found if isinstance(code := piece.get("code"), str)]


def name_of(piece: Mapping[str, Any]) -> str:
    """The code of a piece, as keys name it."""
    return str(piece.get("code", "?"))


def repeated(where: str, codes: list[str]) -> Iterator[Finding]:
    """What stands twice in a list, once each."""
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{where}.{code}", "twice", {"value": code}


def day_in(piece: Mapping[str, Any], key: str) -> date | None:
    """The day that stands there; nothing where there is none, or a day with an hour."""
    found = piece.get(key)
    return found if isinstance(found, date) and not isinstance(found, datetime) else None


def share(value: object) -> Fraction | None:
    """A share as a pack writes it; nothing where pydantic finds another fault."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return None
    try:
        return parse_fraction(str(value))
    except ValueError:
        return None


LISTS = (
    ("rounds",),
    ("tables",),
    ("checks",),
    ("bulletins",),
    ("commitments",),
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
        yield from repeated(".".join(way), codes_of(pieces(data, *way)))
    for form in pieces(data, "appraisal", "forms"):
        for name in ("items", "options"):
            yield from repeated(
                f"appraisal.forms.{name_of(form)}.{name}", codes_of(pieces(form, name))
            )
    for table in pieces(data, "tables"):
        yield from repeated(f"tables.{name_of(table)}.rows", codes_of(pieces(table, "rows")))
        columns = [
            code for block in pieces(table, "blocks") for code in codes_of(pieces(block, "columns"))
        ]
        yield from repeated(f"tables.{name_of(table)}.blocks", columns)


def _rounds(data: Mapping[str, Any], rounds: list[str]) -> Iterator[Finding]:
    for plan in pieces(data, "rounds"):
        opens, closes = day_in(plan, "opens_on"), day_in(plan, "closes_on")
        if opens is not None and closes is not None and closes < opens:
            params = {"value": str(closes), "expected": str(opens)}
            yield f"rounds.{name_of(plan)}.closes_on", "ends_before_it_begins", params
    stated: list[str] = []
    for number, deadline in enumerate(pieces(data, "deadlines"), start=1):
        yield from missing(f"deadlines.#{number}.round", deadline.get("round"), rounds)
        stated.append(f"{deadline.get('round')}.{deadline.get('tier')}")
    yield from repeated("deadlines", stated)


def missing(key: str, code: object, known: list[str]) -> Iterator[Finding]:
    """A code that is referred to and not among those that there are."""
    if isinstance(code, str) and code not in known:
        yield key, "not_defined", {"value": code, "expected": ", ".join(known)}


def _tables(
    data: Mapping[str, Any], rounds: list[str], measures: Measures | None
) -> Iterator[Finding]:
    for table in pieces(data, "tables"):
        for row in pieces(table, "rows"):
            key, measure = f"tables.{name_of(table)}.rows.{name_of(row)}", row.get("measure")
            yield from missing(f"{key}.round", row.get("round"), rounds)
            if measures is None or not isinstance(measure, str):
                continue
            yield from missing(f"{key}.measure", measure, sorted(measures))
            if measures.get(measure) and "round" not in row:
                yield f"{key}.round", "needs_round", {"value": measure}


def _checks(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Each side of a check names rows and cells that the tables have."""
    rows, cells = rows_and_cells(data)
    for check in pieces(data, "checks"):
        for side in ("left", "right"):
            names = check.get(side)
            for name in names if isinstance(names, list) else []:
                known = cells if isinstance(name, str) and name.count(".") > 1 else rows
                yield from missing(f"checks.{name_of(check)}.{side}", name, known)


def rows_and_cells(data: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """What the tables of a pack call their rows and their cells."""
    rows: list[str] = []
    cells: list[str] = []
    for table in pieces(data, "tables"):
        columns = [
            code for block in pieces(table, "blocks") for code in codes_of(pieces(block, "columns"))
        ]
        mine = [f"{name_of(table)}.{code}" for code in codes_of(pieces(table, "rows"))]
        rows += mine
        cells += [f"{row}.{column}" for row in mine for column in columns]
    return rows, cells


def _appraisal(data: Mapping[str, Any]) -> Iterator[Finding]:
    forms = {name_of(form): form for form in pieces(data, "appraisal", "forms")}
    options = [code for form in forms.values() for code in codes_of(pieces(form, "options"))]
    for rate in pieces(data, "appraisal", "rates"):
        of = rate.get("of")
        for code in of if isinstance(of, list) else []:
            yield from missing(f"appraisal.rates.{name_of(rate)}.of", code, options)
    rates = codes_of(pieces(data, "appraisal", "rates"))
    for flag in pieces(data, "appraisal", "flags"):
        yield from _flag(flag, forms, rates)


def _flag(
    flag: Mapping[str, Any], forms: Mapping[str, Mapping[str, Any]], rates: list[str]
) -> Iterator[Finding]:
    key, kind = f"appraisal.flags.{name_of(flag)}", flag.get("kind")
    yield from missing(f"{key}.form", flag.get("form"), list(forms))
    form = forms.get(str(flag.get("form")))
    if form is not None:
        yield from missing(f"{key}.item", flag.get("item"), codes_of(pieces(form, "items")))
        yield from missing(f"{key}.option", flag.get("option"), codes_of(pieces(form, "options")))
    yield from missing(f"{key}.rate", flag.get("rate"), rates)
    if kind == "threshold" and ("below" in flag) == ("above" in flag):
        yield key, "below_or_above", {}
