"""Which results of a tree may be published, so that nobody's answer can be worked out (k).

Hiding only small cells is not enough: a whole less its published parts is a small cell again. A
node may be published only if its residual, the ballots in it that no published node below it has,
is empty or at least k (ballots.md, small groups).
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def publishable(
    parents: Mapping[Node, Node | None], ballots: Mapping[Node, int], k: int
) -> frozenset[Node]:
    """The nodes whose results may be published.

    `parents` has the parent of each node, None for the top; `ballots` those cast in the node
    itself, not below. From the bottom up; where a residual is too small, published parts are taken
    back, the smallest first, until it holds; a node for which that does not help is not published.
    """
    below: dict[Node, list[Node]] = {node: [] for node in parents}
    for node, parent in parents.items():
        if parent is not None:
            below[parent].append(node)
    found: set[Node] = set()
    whole = dict.fromkeys(parents, 0)
    for node in _from_the_bottom(parents):
        whole[node] = ballots.get(node, 0) + sum(whole[part] for part in below[node])
        _publish(node, below, whole, found, k)
    return frozenset(found)


def _publish(
    node: Node,
    below: Mapping[Node, list[Node]],
    whole: Mapping[Node, int],
    found: set[Node],
    k: int,
) -> None:
    if whole[node] < k:
        return
    # The nearest published nodes below: their ballots are what the residual leaves out.
    covering = _nearest(node, below, found)
    residual = whole[node] - sum(whole[part] for part in covering)
    while 0 < residual < k:
        smallest = min(covering, key=lambda part: (whole[part], str(part)))
        found.discard(smallest)
        covering = _nearest(node, below, found)
        residual = whole[node] - sum(whole[part] for part in covering)
    found.add(node)


def _nearest(node: Node, below: Mapping[Node, list[Node]], found: set[Node]) -> list[Node]:
    nearest: list[Node] = []
    waiting = list(below[node])
    while waiting:
        part = waiting.pop()
        if part in found:
            nearest.append(part)
        else:
            waiting.extend(below[part])
    return nearest


def _from_the_bottom(parents: Mapping[Node, Node | None]) -> list[Node]:
    depths: dict[Node, int] = {}

    def depth(node: Node) -> int:
        path = []
        at: Node | None = node
        while at is not None and at not in depths:
            path.append(at)
            at = parents[at]
        known = -1 if at is None else depths[at]
        for step, passed in enumerate(reversed(path), start=1):
            depths[passed] = known + step
        return depths[node]

    return sorted(parents, key=depth, reverse=True)
