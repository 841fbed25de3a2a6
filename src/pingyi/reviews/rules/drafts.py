"""The draft of a meeting's grid: what several people type is put together row by row."""

from collections.abc import Mapping
from dataclasses import dataclass

from pingyi.core.seen import fingerprint
from pingyi.reviews.enums import ReviewPart

Cells = Mapping[str, str]
NOTHING: Cells = {}


def shape(cells: Cells, longest: int) -> dict[str, str]:
    """The parts of a row and nothing else, each without blanks around it, cut where it is long."""
    return {part: cells.get(part, "").strip()[:longest] for part in ReviewPart.values}


def version(cells: Cells) -> str:
    """Which version of a row it is; of a row with nothing in it, whatever is missing."""
    return fingerprint([cells.get(part, "") for part in ReviewPart.values])


@dataclass(frozen=True)
class Merged:
    """The rows of both, and the keys of those that both have changed: they stay as they are kept.

    `taken` are the keys of the rows that are now as they were typed.
    """

    draft: dict[str, Cells]
    taken: list[str]
    changed: list[str]


def merge(kept: Mapping[str, Cells], typed: Mapping[str, Cells], seen: Mapping[str, str]) -> Merged:
    """Each typed row takes the place of the kept one of which it was begun.

    `seen` gives the version of a row that was begun from; a row without one is typed over whatever
    is kept. Who has not changed a row does not take back what somebody else has typed there.
    """
    draft, taken, changed = dict(kept), [], []
    for key, cells in typed.items():
        now, mine, begun = version(kept.get(key, NOTHING)), version(cells), seen.get(key)
        if begun in (None, now) or mine == now:
            draft[key] = cells
            taken.append(key)
        elif mine != begun:
            changed.append(key)
    return Merged(
        {key: cells for key, cells in draft.items() if any(cells.values())}, taken, changed
    )
