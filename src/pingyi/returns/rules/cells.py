"""What a unit says in the cells of a return, beside what was counted there (N11, N12).

A number, a word why there is none, or blank: zero, nil, not applicable, unknown and blank are five
different things, on the screen, in Excel and in JSON.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pingyi.returns.enums import Word

# A number, one of Word, or None for blank.
Said = int | str | None
# A country has fewer heads.
MOST = 999_999_999
LEAST_OF_A_REASON = 5
LEAST_DIFFERENT = 4
# Said of anything, it explains nothing.
EMPTY_WORDS = re.compile(
    "经|已|均|数据|情况|核实|核对|审核|检查|无误|属实|准确|正确|同意|更正|系统错误|统计错误|填报错误|"
    "工作需要|其他原因|按要求填报|与|实际|台账|数字|不一致|一致|不符|相符|无需|无须|特此|说明|详见|见|附件|"
    "checked|correct|verified|okay|ok|and|data|the|is|are|all"
)
NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """What was counted in a cell, what the unit says, and why where the two differ."""

    counted: int | None
    said: Said
    reason: str = ""

    @property
    def differs(self) -> bool:
        """Whether the unit says something else than was counted."""
        return self.said != self.counted

    @property
    def is_number(self) -> bool:
        """Whether it says how many; nil says that there are none."""
        return isinstance(self.said, int) or self.said == Word.NIL

    @property
    def shown(self) -> int | str:
        """What is read there: a number, the word why there is none, or a dash for blank."""
        if self.said is None:
            return "—"
        return str(Word(self.said).label) if isinstance(self.said, str) else self.said

    @property
    def number(self) -> int:
        """What it adds to a sum: words and blank nothing."""
        return self.said if isinstance(self.said, int) else 0


@dataclass(frozen=True, slots=True)
class Correction:
    """What the unit says instead of what was counted then, and why."""

    said: Said
    reason: str
    counted: int | None = None


# By the code of the cell: `annex2.reviewed_first.rural`.
Cells = Mapping[str, Cell]


def cells_of(
    counted: Mapping[str, int | None], corrections: Mapping[str, Correction]
) -> dict[str, Cell]:
    """Every cell as it was counted, or as the unit says.

    Where another figure is counted by now, the reason said nothing of it: it is to be given anew.
    """
    found: dict[str, Cell] = {}
    for code, number in counted.items():
        each = corrections.get(code, Correction(number, "", number))
        found[code] = Cell(number, each.said, each.reason if each.counted == number else "")
    return found


def resumed(before: Cells, now: Cells, open_cells: Collection[str]) -> dict[str, Cell]:
    """The cells after a return was sent back: only those that are open again may change."""
    return {code: now[code] if code in open_cells else cell for code, cell in before.items()}


def as_json(cells: Cells) -> dict[str, dict[str, Any]]:
    """Cells as a version keeps them."""
    return {code: asdict(cell) for code, cell in cells.items()}


def from_json(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Cell]:
    """Cells of a version."""
    return {
        code: Cell(said["counted"], said["said"], said["reason"]) for code, said in kept.items()
    }


def told(said: Said) -> int | str:
    """What stands in a cell among the words of a sentence: blank as nothing."""
    return "" if said is None else said


def is_said(value: object) -> bool:
    """Whether it can stand in a cell: a number of heads, one of the words, or blank."""
    if value is None or value in Word.values:
        return True
    return type(value) is int and 0 <= value <= MOST


def explains(text: str) -> bool:
    """Whether a reason says anything: not too short, no phrase that can be said of everything."""
    words = unicodedata.normalize("NFKC", text).casefold()
    letters = NOT_LETTERS.sub("", EMPTY_WORDS.sub("", words))
    return len(letters) >= LEAST_OF_A_REASON and len(set(letters)) >= LEAST_DIFFERENT


def total(cells: Cells, codes: Iterable[str]) -> int:
    """The sum of those of the cells that there are."""
    return sum(cells[code].number for code in codes if code in cells)
