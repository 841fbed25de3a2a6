"""Which figures bulletins can name: cells of the tables, sums of the ballots (N18)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pingyi.campaigns.rules import references as of
from pingyi.campaigns.rules.pack import keys_in

# Not figures, but names that stand in the text once it is begun.
NAMES = ("unit", "round", "campaign")
SUMS = ("due", "present", "issued", "collected", "valid", "spoilt")


def bulletin_problems(data: Mapping[str, Any]) -> Iterator["of.Finding"]:
    """Keys in titles and texts that name nothing of the pack."""
    known = [*NAMES, *figures_of(data)]
    rounds = of.codes_of(of.pieces(data, "rounds"))
    for plan in of.pieces(data, "bulletins"):
        where = f"bulletins.{of.name_of(plan)}"
        yield from of.missing(f"{where}.round", plan.get("round"), rounds)
        for part in ("title", "text"):
            said = plan.get(part)
            for key in keys_in(said) if isinstance(said, str) else []:
                if key not in known:
                    params = {"value": key, "expected": _near(key, known)}
                    yield f"{where}.{part}", "not_defined", params


def figures_of(data: Mapping[str, Any]) -> list[str]:
    """Every figure that a text can name, in the order of the pack: rows and cells of tables; of
    ballots about the organization the sums, and of each item its answers and rates.
    """
    rows, cells = of.rows_and_cells(data)
    rates = of.codes_of(of.pieces(data, "appraisal", "rates"))
    ballots: list[str] = []
    for form in of.pieces(data, "appraisal", "forms"):
        if form.get("subject") != "organization":
            continue
        name = of.name_of(form)
        answers = [*of.codes_of(of.pieces(form, "options")), *rates]
        ballots += [f"{name}.{each}" for each in SUMS]
        for item in of.codes_of(of.pieces(form, "items")):
            ballots += [f"{name}.{item}.{each}" for each in answers]
    return [*rows, *cells, *ballots]


def _near(key: str, known: list[str]) -> str:
    """Those that begin alike, or a few of all: a pack has hundreds."""
    first = key.partition(".")[0]
    alike = [each for each in known if each.partition(".")[0] == first]
    return ", ".join((alike or known)[:12])
