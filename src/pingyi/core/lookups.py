"""Conditions that say how they are to be asked."""

from typing import TypeVar

from django.db.models import F, Model, QuerySet
from django.db.models.lookups import Exact

Found = TypeVar("Found", bound=Model)
# So many rows are named by their keys.
FEW_FOUND = 1_000


def checked(field: str, value: int) -> Exact:
    """Whether a number field has this value, looked at row by row: for rows that are found by
    their keys already, where an index of the field would bring many more.
    """
    return Exact(F(field) + 0, value)


def looked_for_once(rows: QuerySet[Found]) -> QuerySet[Found]:
    """Rows that hold a text, in the same order; by their keys where there are few.

    Every row is read to find those: once then, in no order, instead of once to count them and once
    more for the page. Where there are many, the first of them are found soon.
    """
    keys = list(rows.order_by().values_list("pk", flat=True)[: FEW_FOUND + 1])
    return rows if len(keys) > FEW_FOUND else rows.filter(pk__in=keys)
