"""The frozen tree: paths and reporting units, computed once when a campaign opens (N3)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import commonpath

SEGMENT_WIDTH = 5
SEGMENT_LENGTH = SEGMENT_WIDTH + 1
MOST_LEVELS = 20


@dataclass(frozen=True)
class Node:
    """An organization of the tree on the cut-off date."""

    id: int
    parent_id: int | None
    code: str


@dataclass(frozen=True)
class Place:
    """Where a node stands: its path, how deep (the top is 0), under whom."""

    id: int
    parent_id: int | None
    path: str
    depth: int


class TooDeep(Exception):
    """The tree has more levels than a path can hold."""


def segment(number: int) -> str:
    """One step of a path, '00012/'. ValueError beyond what five digits hold."""
    if not 0 < number < 10**SEGMENT_WIDTH:
        raise ValueError(f"there is no segment {number}")
    return f"{number:0{SEGMENT_WIDTH}d}/"


def beyond(path: str) -> str:
    """The first path after a subtree in the order of paths: '00001/00013/' for '00001/00012/'.

    All segments have one width, so that any collation puts paths in this order. ValueError where
    nothing can come after.
    """
    while path:
        path, number = path[:-SEGMENT_LENGTH], int(path[-SEGMENT_LENGTH:-1])
        if number + 1 < 10**SEGMENT_WIDTH:
            return path + segment(number + 1)
    raise ValueError("nothing comes after the last path of all")


def hold_all(paths: Iterable[str]) -> bool:
    """Whether the top of the tree is among the paths, so that everything lies below them."""
    return any(len(path) == SEGMENT_LENGTH for path in paths)


def above_all(paths: Iterable[str]) -> str:
    """The deepest path that all of these lie below, or are; empty where none does."""
    found = list(paths)
    # What the first and the last in their order share, all between them share as well.
    shared = commonpath([min(found), max(found)]) if found else ""
    return f"{shared}/" if shared else ""


def outermost(paths: Iterable[str]) -> list[str]:
    """Those that do not lie below another one, in their order, each once."""
    found: list[str] = []
    for path in sorted(set(paths)):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return found


def ranges(paths: Iterable[str]) -> list[tuple[str, str]]:
    """What lies below these, as ranges (from, up to but without): neighbours are one range."""
    found: list[tuple[str, str]] = []
    for path in outermost(paths):
        if found and found[-1][1] == path:
            found[-1] = (found[-1][0], beyond(path))
        else:
            found.append((path, beyond(path)))
    return found


def places(nodes: Iterable[Node], root_id: int) -> list[Place]:
    """The tree below a root (itself first), parents before children, siblings by code.

    Nodes that do not stand below the root are left out. Raises TooDeep.
    """
    children: dict[int, list[Node]] = {}
    known: set[int] = set()
    for node in nodes:
        known.add(node.id)
        if node.parent_id is not None:
            children.setdefault(node.parent_id, []).append(node)
    if root_id not in known:
        return []
    found = [Place(root_id, None, segment(1), 0)]
    for place in found:  # grows while it is walked: level after level
        below = sorted(children.get(place.id, []), key=lambda node: (node.code, node.id))
        if below and place.depth + 1 >= MOST_LEVELS:
            raise TooDeep
        found.extend(
            Place(node.id, place.id, place.path + segment(number), place.depth + 1)
            for number, node in enumerate(below, start=1)
        )
    return found


def reporting_ids(
    tree: Sequence[Place], levels: Mapping[int, str], reporting_levels: Collection[str]
) -> set[int]:
    """The highest on each path whose level reports; the root where no level of the tree does."""
    tops: list[str] = []
    found: set[int] = set()
    for place in sorted(tree, key=lambda place: place.path):
        if tops and place.path.startswith(tops[-1]):
            continue
        if levels[place.id] in reporting_levels:
            tops.append(place.path)
            found.add(place.id)
    return found or {place.id for place in tree if place.depth == 0}


def next_child_path(parent_path: str, sibling_paths: Iterable[str]) -> str:
    """A free path under a parent, after all that was ever given out there."""
    start = len(parent_path)
    used = [int(path[start : start + SEGMENT_WIDTH]) for path in sibling_paths]
    return parent_path + segment(max(used, default=0) + 1)
