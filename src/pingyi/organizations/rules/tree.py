"""The dated tree: no organization is above itself on any day (N1)."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

from pingyi.organizations.rules.spans import Span

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True)
class Edge(Generic[Node]):
    """`child` stands under `parent` during `span`."""

    child: Node
    parent: Node
    span: Span


def first_days(top: Node, begun: date, edges: Iterable[Edge[Node]]) -> dict[Node, date]:
    """The day from which each node stands below the top, which is there from `begun` on."""
    below: dict[Node, list[Edge[Node]]] = {}
    for edge in edges:
        below.setdefault(edge.parent, []).append(edge)
    found: dict[Node, date] = {}
    number = count()  # tells equal days apart: nodes need not have an order
    waiting = [(begun, next(number), top)]
    while waiting:
        day, _number, node = heappop(waiting)
        if node in found:
            continue
        found[node] = day
        for edge in below.get(node, ()):
            heappush(waiting, (max(day, edge.span.valid_from), next(number), edge.child))
    return found


def day_above_itself(
    node: Node, parent: Node, span: Span, edges: Iterable[Edge[Node]]
) -> date | None:
    """The first day of `span` on which `node` would stand above itself if placed under `parent`.

    What `edges` say of `node` itself does not matter: whoever comes to it has come far enough.
    """
    by_child: dict[Node, list[Edge[Node]]] = {}
    for edge in edges:
        by_child.setdefault(edge.child, []).append(edge)
    begins = {edge.span.valid_from for found in by_child.values() for edge in found}
    for day in sorted({span.valid_from} | {begin for begin in begins if span.covers(begin)}):
        if node in _line_above(parent, day, by_child):
            return day
    return None


def _line_above(node: Node, day: date, by_child: Mapping[Node, list[Edge[Node]]]) -> list[Node]:
    """The node and everything above it on that day."""
    line = [node]
    while True:
        above = [edge.parent for edge in by_child.get(line[-1], []) if edge.span.covers(day)]
        if not above or above[0] in line:
            return line
        line.append(above[0])
