"""Sums over everything below a unit, for many units at once."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Left

from pingyi.campaigns.models import Unit
from pingyi.campaigns.models.universe import FEW, under
from pingyi.campaigns.rules.tree import hold_all


def by_top(
    rows: QuerySet[Any], units: Iterable[Unit], path: str, **figures: Any
) -> dict[int, tuple[int, ...]]:
    """Aggregates of the rows below each unit, itself included, by its id; nothing for no row.

    `path` names the field that holds the path of a row's unit. One query for each depth at which
    the units stand, however many they are. Below the top of the tree is everybody, so that nobody
    is asked for their path.
    """
    found: dict[int, tuple[int, ...]] = {}
    in_depth = sorted(units, key=lambda unit: len(unit.path))
    for length, group in groupby(in_depth, key=lambda unit: len(unit.path)):
        tops = {unit.path: unit.pk for unit in group}
        if hold_all(tops):
            values = rows.aggregate(**figures).values()
            found[next(iter(tops.values()))] = tuple(value or 0 for value in values)
            continue
        inside = rows.filter(under(tops, path)) if len(tops) <= FEW else rows
        counted = inside.order_by().values_list(Left(path, length)).annotate(**figures)
        found |= {tops[top]: tuple(numbers) for top, *numbers in counted if top in tops}
    return found
