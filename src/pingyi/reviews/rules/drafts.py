"""The draft of a meeting's grid: what several people type is put together row by row."""

from collections.abc import Mapping
from dataclasses import dataclass

from pingyi.core.seen import fingerprint
from pingyi.reviews.enums import ReviewPart

Cells = Mapping[str, str]
NOTHING: Cells = {}


def shape(cells: Cells, longest: int) -> dict[str, str]:
    """The parts of a row and nothing else, each without blanks around it, cut where it is long.

    A line ends in one way, however the browser sends it; what no database holds is left out.
    """
    plain = {part: cells.get(part, "").replace("\r\n", "\n") for part in ReviewPart.values}
    return {part: text.replace("\x00", "").strip()[:longest] for part, text in plain.items()}


def version(cells: Cells) -> str:
    """Which version of a row it is; of a row with nothing in it, whatever is missing."""
    return fingerprint([cells.get(part, "") for part in ReviewPart.values])


@dataclass(frozen=True)
class Merged:
    """The rows of both: `taken` are now as they were typed, the others stay as they are kept.

    `changed` were changed by both since they were seen, `unseen` only elsewhere. All by key.
    """

    draft: dict[str, Cells]
    taken: list[str]
    changed: list[str]
    unseen: list[str]


def merge(kept: Mapping[str, Cells], typed: Mapping[str, Cells], seen: Mapping[str, str]) -> Merged:
    """Each typed row takes the place of the kept one of which it was begun.

    `seen` gives the version of a row that was begun from; a row without one is typed over whatever
    is kept. Who has not changed a row does not take back what somebody else has typed there.
    """
    draft = dict(kept)
    taken: list[str] = []
    changed: list[str] = []
    unseen = [key for key in kept if seen and key not in typed]
    for key, cells in typed.items():
        now, mine, begun = version(kept.get(key, NOTHING)), version(cells), seen.get(key)
        if begun in (None, now) or mine == now:
            draft[key] = cells
            taken.append(key)
        else:
            (unseen if mine == begun else changed).append(key)
    draft = {key: cells for key, cells in draft.items() if any(cells.values())}
    return Merged(draft, taken, changed, unseen)
