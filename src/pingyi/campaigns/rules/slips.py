"""Slips within a pack: what is said twice, what can never happen, what nobody could keep or read.

Findings are those of `campaigns.rules.references`; what has the wrong shape is left to pydantic.
All of this is asked when a pack is read, never of the copy that a campaign keeps.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pingyi.campaigns.rules.references import (
    Finding,
    Measures,
    codes_of,
    day_in,
    name_of,
    pieces,
    repeated,
    share,
)

Piece = Mapping[str, Any]
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)
# What a vote says beside the options: the code of an option cannot be one of them.
RESERVED = ("abstained", "void")
# As long as the names of rounds and deadlines are kept.
LONGEST = {"rounds": 40, "deadlines": 100}


def slips(data: Piece, measures: Measures | None) -> Iterator[Finding]:
    """Everything of this kind."""
    yield from _texts("", data)
    yield from _days(data)
    for name, most in LONGEST.items():
        for number, piece in enumerate(pieces(data, name), start=1):
            if isinstance(called := piece.get("name"), str) and len(called) > most:
                key = f"{name}.{piece.get('code') or f'#{number}'}.name"
                yield key, "too_long", {"value": called[:20], "limit": str(most)}
    yield from _called_alike(data)
    for form in pieces(data, "appraisal", "forms"):
        yield from _ballot(f"appraisal.forms.{name_of(form)}", form)
    yield from _counting(data)
    yield from _never(data)
    yield from _checks(data)
    yield from _rounds_of_rows(data, measures)


def _texts(key: str, found: Any) -> Iterator[Finding]:
    """Texts of blanks, and with signs that no paper shows and no database keeps."""
    if isinstance(found, str):
        if found and not found.strip():
            yield key, "empty", {}
        if any(ord(sign) < 32 and sign not in "\n\t" for sign in found):
            yield key, "control_sign", {}
        return
    if isinstance(found, Mapping):
        for name, value in found.items():
            yield from _texts(f"{key}.{name}".lstrip("."), value)
    elif isinstance(found, list):
        for number, value in enumerate(found, start=1):
            own = value.get("code") if isinstance(value, Mapping) else None
            yield from _texts(
                f"{key}.{own if isinstance(own, str) and own else f'#{number}'}", value
            )


def _days(data: Piece) -> Iterator[Finding]:
    """Days that a calendar of people has, and a notice that comes before the end."""
    days = [
        (f"{name}.{piece.get('code') or f'#{number}'}.{key}", day_in(piece, key))
        for name, keys in (("rounds", ("opens_on", "closes_on")), ("deadlines", ("due_on",)))
        for number, piece in enumerate(pieces(data, name), start=1)
        for key in keys
    ]
    document = data.get("document")
    issued = day_in(document, "issued_on") if isinstance(document, dict) else None
    for key, day in [*days, ("document.issued_on", issued)]:
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            params = {"value": str(day), "expected": str(FIRST_DAY), "limit": str(LAST_DAY)}
            yield key, "day_of_no_use", params
    ends = [day for key, day in days if key.endswith("closes_on") and day is not None]
    if issued is not None and ends and issued > max(ends):
        params = {"value": str(issued), "expected": str(max(ends))}
        yield "document.issued_on", "issued_after_all", params


def _called_alike(data: Piece) -> Iterator[Finding]:
    """Ballots, tables and flags of a ballot under one name."""
    named = (
        ("appraisal.forms", ("annex", "about", "title"), pieces(data, "appraisal", "forms")),
        ("appraisal.flags", ("form", "label"), pieces(data, "appraisal", "flags")),
        ("tables", ("annex", "title"), pieces(data, "tables")),
    )
    for where, keys, found in named:
        names = [tuple(str(piece.get(key, "")).strip() for key in keys) for piece in found]
        for name in sorted({name for name in names if any(name) and names.count(name) > 1}):
            yield where, "label_twice", {"value": " ".join(filter(None, name))}


def _ballot(key: str, form: Piece) -> Iterator[Finding]:
    for code in codes_of(pieces(form, "options")):
        if code in RESERVED:
            yield f"{key}.options.{code}.code", "reserved", {"value": code}
    for part in ("units", "people"):
        chosen = form.get(part)
        for name, values in chosen.items() if isinstance(chosen, dict) else ():
            if isinstance(values, list):
                said = [
                    " ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
                    for value in values
                ]
                yield from repeated(f"{key}.{part}.{name}", said)
    is_on_people = form.get("subject") == "member"
    for name, of_people in (
        ("opinions_label", False), ("rectification_label", False), ("member_label", True),
    ):  # fmt: skip
        if form.get(name) and is_on_people is not of_people:
            yield f"{key}.{name}", "members_only" if of_people else "units_only", {}
    yield from _quotas(f"{key}.decision", form)


def _quotas(key: str, form: Piece) -> Iterator[Finding]:
    """A quota a grade, none of nothing or of all; and a grade for everybody."""
    quotas = pieces(form, "decision", "quotas")
    grades = [str(quota.get("grade")) for quota in quotas]
    yield from repeated(f"{key}.quotas", grades)
    shares = [share(quota.get("at_most")) for quota in quotas]
    for number, limit in enumerate(shares, start=1):
        if limit in (0, 1):
            yield f"{key}.quotas.#{number}.at_most", "quota_of_nothing", {"value": str(limit)}
    known = [limit for limit in shares if limit is not None]
    all_rationed = set(codes_of(pieces(form, "decision", "grades"))) == set(grades)
    if grades and all_rationed and len(known) == len(shares) and sum(known) < 1:
        yield f"{key}.quotas", "quotas_leave_out", {"value": str(sum(known))}


def _counting(data: Piece) -> Iterator[Finding]:
    plan = data.get("appraisal")
    counting = plan.get("counting") if isinstance(plan, dict) else None
    if not isinstance(counting, dict):
        return
    if share(counting.get("quorum")) == 1 and counting.get("quorum_reached", "more") == "more":
        yield "appraisal.counting.quorum", "quorum_of_more_than_all", {}
    subjects = {str(form.get("subject")) for form in pieces(data, "appraisal", "forms")}
    if counting.get("self_vote") is True and subjects == {"organization"}:
        yield "appraisal.counting.self_vote", "members_only", {}


def _never(data: Piece) -> Iterator[Finding]:
    """Rates that are always the whole, and flags that nothing can raise."""
    of_forms = [
        {name_of(one) for one in pieces(form, "options") if one.get("outside") is not True}
        for form in pieces(data, "appraisal", "forms")
    ]
    for rate in pieces(data, "appraisal", "rates"):
        of = rate.get("of")
        answers = set(map(str, of)) if isinstance(of, list) else set()
        if rate.get("over") == "base" and any(inside and inside <= answers for inside in of_forms):
            yield f"appraisal.rates.{name_of(rate)}.of", "always_whole", {}
    for flag in pieces(data, "appraisal", "flags"):
        for key in ("above", "at_most"):
            if share(flag.get(key)) == 1 and flag.get("inclusive") is not True:
                yield f"appraisal.flags.{name_of(flag)}.{key}", "never_raised", {}


def _checks(data: Piece) -> Iterator[Finding]:
    """A cell stands once in a check: twice it is counted twice, on both sides not at all."""
    for check in pieces(data, "checks"):
        key = f"checks.{name_of(check)}"
        sides = [
            [name for name in side if isinstance(name, str)] if isinstance(side, list) else []
            for side in (check.get("left"), check.get("right"))
        ]
        for name, side in zip(("left", "right"), sides, strict=True):
            yield from repeated(f"{key}.{name}", side)
        for cell in sorted(set(sides[0]) & set(sides[1])):
            yield key, "on_both_sides", {"value": cell}


def _rounds_of_rows(data: Piece, measures: Measures | None) -> Iterator[Finding]:
    """A round where nothing is counted round by round would be said in vain."""
    for table in pieces(data, "tables"):
        for row in pieces(table, "rows"):
            measure = row.get("measure")
            if measures is None or not isinstance(measure, str) or "round" not in row:
                continue
            if measures.get(measure) is False:
                key = f"tables.{name_of(table)}.rows.{name_of(row)}.round"
                yield key, "no_round_here", {"value": measure}
