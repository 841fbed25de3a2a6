"""Ties that no import shows: names of addresses, templates and models written as text.

Looking down is free. A tie upwards, or to a stranger on the same line, is listed with its reason in
docs/structure.md; at most three may close a circle with an import.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "pingyi"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
RANK = {room: rank for rank, layer in enumerate(LAYERS) for room in layer.split(" | ")}
# An address, a model, a module, a template, a library of template tags.
TIES = (
    r"[\"']({room}):[a-z][\w-]*[\"']",
    r"[\"']({room})\.[A-Z]\w+[\"']",
    r"[\"']pingyi\.({room})[\w.]*[\"']",
    r"[\"']({room})/[\w/]+\.html[\"']",
    r"{% load [^%]*\b({room})\b",
)


def ties_of(room: str, text: str) -> set[str]:
    """The other rooms that a text names."""
    others = "|".join(other for other in RANK if other != room)
    return {match[1] for tie in TIES for match in re.finditer(tie.replace("{room}", others), text)}


def upward_ties() -> Iterator[tuple[str, str]]:
    for room, rank in RANK.items():
        for path in (SOURCE / room).rglob("*"):
            if path.suffix in {".py", ".html"} and "migrations" not in path.parts:
                for other in ties_of(room, path.read_text(encoding="utf-8")):
                    if RANK[other] <= rank:
                        yield room, other


def listed() -> dict[tuple[str, str], str]:
    """The table of docs/structure.md: from, to, and whether it closes a circle."""
    page = (ROOT / "docs" / "structure.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` → `(\w+)` \| (both ways|one way) \|", page, re.MULTILINE)
    return {(room, other): ways for room, other, ways in rows}


def imports(room: str, other: str) -> bool:
    return any(
        re.search(rf"^\s*(from|import) pingyi\.{other}\b", path.read_text("utf-8"), re.MULTILINE)
        for path in (SOURCE / room).rglob("*.py")
    )


def test_every_tie_upwards_is_listed_with_a_reason() -> None:
    assert set(upward_ties()) == set(listed())


def test_at_most_three_ties_go_both_ways() -> None:
    both = {tie for tie, ways in listed().items() if ways == "both ways"}
    assert both == {(room, other) for room, other in listed() if imports(other, room)}
    assert len(both) <= 3


def test_a_tie_is_noticed_in_every_way_of_writing_it() -> None:
    for text in (
        '{% url "web:home" %}',
        'ForeignKey("web.Page")',
        'SETTING = "pingyi.web.queries.frame"',
        '{% include "web/worklist.html" %}',
        "{% load i18n web %}",
    ):
        assert ties_of("register", text) == {"web"}, text
