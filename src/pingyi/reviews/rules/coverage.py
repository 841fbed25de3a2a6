"""Coverage figures: heads done, exempt and missing. A share can never exceed 100 % (N4, N11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import add

SEGMENT = 6  # characters of a path per level of the tree


# Several numbers that are added up beside each other.
Counts = tuple[int, ...]
NONE: Counts = (0,) * 6


@dataclass(frozen=True, slots=True)
class Figures:
    """Of those due: how many are done, exempt, missing."""

    done: int = 0
    exempt: int = 0
    missing: int = 0

    @property
    def of(self) -> int:
        """How many are due."""
        return self.done + self.exempt + self.missing

    @property
    def share(self) -> Fraction | None:
        """Done, over those due and not exempt; nothing where nobody is."""
        owed = self.done + self.missing
        return Fraction(self.done, owed) if owed else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.done + other.done, self.exempt + other.exempt, self.missing + other.missing
        )


def added(one: Counts, other: Counts) -> Counts:
    """Both added up, number by number."""
    return tuple(map(add, one, other))


def rolled_up(own: Mapping[str, Counts]) -> dict[str, Counts]:
    """The numbers of every path with everything below it, from those of each path alone."""
    totals = dict(own)
    # Each level is added to the one above, the deepest first: every path is added once.
    for length in range(max(map(len, totals), default=SEGMENT), SEGMENT, -SEGMENT):
        for path in [path for path in totals if len(path) == length]:
            above, counts = path[:-SEGMENT], totals[path]
            totals[above] = added(totals[above], counts) if above in totals else counts
    return totals
