"""What differs between two answers, cell by cell (N12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pingyi.returns.rules.cells import Said


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that says something else, or is counted otherwise; None is blank."""

    cell: str
    before: Said
    after: Said


def unchanged(
    remarked: Iterable[str], before: Mapping[str, Said], after: Mapping[str, Said]
) -> list[str]:
    """Of the cells that were remarked on those that say the same as before, in their order; "" (the
    whole answer) where no cell says anything else.
    """
    changed = {each.cell for each in differences(before, after)}
    return [cell for cell in remarked if cell not in changed and not (changed and not cell)]


def differences(before: Mapping[str, Said], after: Mapping[str, Said]) -> list[ChangedCell]:
    """The cells of the first answer that say something else in the second, in their order."""
    return [
        ChangedCell(cell, said, after[cell])
        for cell, said in before.items()
        if cell in after and after[cell] != said
    ]
