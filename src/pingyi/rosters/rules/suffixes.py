"""What stands behind a name in brackets: 王芳（女）, 李四（预备） say a sex and a standing, which
are no part of the name. Other brackets stay, and are asked about as doubtful names are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pingyi.organizations.rules.names import name_key
from pingyi.rosters.rules.columns import WORDS, written
from pingyi.rosters.rules.issues import Issue, Remarks, Table, at

LAST = re.compile(r"(.+?)[(（\[【〔]([^()（）\[\]【】〔〕]+)[)）\]】〕]")
BETWEEN = re.compile("[,，、;；/和 ]+")
KINDS = ("gender", "standing")
Rows = Sequence[tuple[int, dict[str, Any]]]
"""Rows and what their cells say."""


def taken_apart(name: str) -> tuple[str, dict[str, str]]:
    """A name without its brackets and what they say, where they say nothing else."""
    bare, said = name, dict[str, str]()
    while match := LAST.fullmatch(bare):
        for word in BETWEEN.split(match[2].casefold()):
            kind = next((kind for kind in KINDS if word in WORDS[kind]), None)
            if kind is None or kind in said:
                return name, {}
            said[kind] = WORDS[kind][word]
        bare = match[1]
    return (bare, said) if said else (name, {})


@dataclass
class Suffixes:
    """Takes the names of a file apart, sheet by sheet, members first."""

    errors: list[Issue]
    remarks: Remarks
    # Names by which two people of one organization are told apart: those stay.
    kept: set[str] = field(default_factory=set)

    def take_apart(self, table: Table, rows: Rows, *, members: bool) -> None:
        """Put the name alone, and what the brackets say, into what the rows say."""
        times = Counter(_place(said) for _, said in rows) if members else Counter[Any]()
        for row, said in rows:
            name = said.get("name", "")
            bare, words = taken_apart(name)
            if not words:
                continue
            if members and times[_place(said)] > 1 and "identity" not in said:
                self.kept.add(name_key(name))
            if name_key(name) in self.kept:
                continue
            said["name"], said["written"] = bare, name
            spoken = [written(kind, value) for kind, value in words.items()]
            self.remarks.add(table, (row, "name"), "name_apart", name, " ".join([bare, *spoken]))
            if members:
                self._state(table, row, said, words)

    def _state(self, table: Table, row: int, said: dict[str, Any], words: dict[str, str]) -> None:
        """What the brackets say beside what the columns say; an error where they contradict."""
        for kind, value in words.items():
            known = said.setdefault(kind, value)
            if known != value:
                cell, other, own = table.cell(row, kind), written(kind, known), written(kind, value)
                issue = at(
                    table, row, "name", "suffix_contradicts", said["written"],
                    own=own, place=cell, other=other,
                )  # fmt: skip
                self.errors.append(issue)


def _place(said: dict[str, Any]) -> tuple[str, str]:
    """Whose namesakes are told apart."""
    bare, _ = taken_apart(said.get("name", ""))
    return name_key(bare), said.get("organization", "")
