"""Coverage figures: heads done, exempt and missing. A share can never exceed 100 % (N4, N11)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

SEGMENT = 6  # characters of a path per level of the tree

Group = TypeVar("Group", bound=Hashable)


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


def counted(
    due: Iterable[tuple[Group, Hashable]],
    done: AbstractSet[Hashable],
    exempt: AbstractSet[Hashable],
) -> dict[Group, Figures]:
    """Figures by group of (group, head), each head once.

    Whoever was reviewed in spite of an exemption is done; whoever is not due counts nowhere.
    """
    heads: dict[Group, set[Hashable]] = defaultdict(set)
    for group, head in due:
        heads[group].add(head)
    return {group: _figures(members, done, exempt) for group, members in heads.items()}


def _figures(
    due: set[Hashable], done: AbstractSet[Hashable], exempt: AbstractSet[Hashable]
) -> Figures:
    reached = due & done
    excused = (due & exempt) - reached
    return Figures(len(reached), len(excused), len(due) - len(reached) - len(excused))


def rolled_up(by_path: Mapping[str, Figures]) -> dict[str, Figures]:
    """Figures of every path with everything below it, from those of each path alone."""
    totals: dict[str, Figures] = defaultdict(Figures)
    for path, own in by_path.items():
        for end in range(SEGMENT, len(path) + 1, SEGMENT):
            totals[path[:end]] += own
    return dict(totals)
