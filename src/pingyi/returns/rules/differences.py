"""What differs between two answers, cell by cell (N12)."""

from collections.abc import Mapping
from dataclasses import dataclass

from pingyi.returns.rules.cells import Said


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that says something else, or is counted otherwise; None is blank."""

    cell: str
    before: Said
    after: Said


def differences(before: Mapping[str, Said], after: Mapping[str, Said]) -> list[ChangedCell]:
    """The cells of the first answer that say something else in the second, in their order."""
    return [
        ChangedCell(cell, said, after[cell])
        for cell, said in before.items()
        if cell in after and after[cell] != said
    ]
