"""Sums over everything below a unit, for many units at once."""

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Left

from pingyi.campaigns.models import Unit
from pingyi.campaigns.models.universe import FEW, under
from pingyi.campaigns.rules.tree import above_all, hold_all


def by_top(
    rows: QuerySet[Any], units: Iterable[Unit], path: str, **figures: Any
) -> dict[int, tuple[int, ...]]:
    """Aggregates of the rows below each unit, itself included, by its id; nothing for no row.

    `path` names the field that holds the path of a row's unit. One query for each depth at which
    the units stand, however many they are. Below the top of the tree is everybody, so that nobody
    is asked for their path; and the figures of its parts add up to those of the whole, so that
    what was counted for all parts is not counted again.
    """
    found: dict[int, tuple[int, ...]] = {}
    whole: tuple[int, ...] = ()
    in_depth = sorted(units, key=lambda unit: len(unit.path), reverse=True)
    for length, group in groupby(in_depth, key=lambda unit: len(unit.path)):
        tops = {unit.path: unit.pk for unit in group}
        if hold_all(tops):
            values = whole or rows.aggregate(**figures).values()
            found[next(iter(tops.values()))] = tuple(value or 0 for value in values)
            continue
        inside = _inside(rows, tops, path, in_depth[0].campaign_id)
        counted = list(inside.order_by().values_list(Left(path, length)).annotate(**figures))
        found |= {tops[row[0]]: row[1:] for row in counted if row[0] in tops}
        if inside is rows:
            _tops, *columns = zip(*counted, strict=True) if counted else ((),)
            whole = tuple(map(sum, columns))
    return found


def _inside(
    rows: QuerySet[Any], tops: Collection[str], path: str, campaign_id: int
) -> QuerySet[Any]:
    """Rows of a few subtrees, found through their units; of many, all below what they share."""
    if len(tops) > FEW:
        tops = [above_all(tops)]
        if hold_all(tops) or not tops[0]:
            return rows
    if not path.endswith("__path"):
        return rows.filter(under(tops, path))
    there = Unit.objects.filter(campaign=campaign_id).in_subtree(tops).order_by()
    return rows.filter(**{f"{path.removesuffix('__path')}__in": there})
