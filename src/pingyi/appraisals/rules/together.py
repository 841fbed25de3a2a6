"""When something was so in every one of several boxes at once."""

from collections.abc import Sequence
from datetime import datetime

# (since, until); until None: still.
Stretch = tuple[datetime, datetime | None]


def together(boxes: Sequence[Sequence[Stretch]]) -> list[Stretch]:
    """The stretches that lie within one of each box; of a box without any there are none."""
    found: list[Stretch] = list(boxes[0]) if boxes else []
    for stretches in boxes[1:]:
        found = [
            (max(one[0], other[0]), _earlier(one[1], other[1]))
            for one in found
            for other in stretches
            if _overlap(one, other)
        ]
    return found


def _overlap(one: Stretch, other: Stretch) -> bool:
    since, until = max(one[0], other[0]), _earlier(one[1], other[1])
    return until is None or since < until


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    ends = [end for end in (one, other) if end is not None]
    return min(ends, default=None)
