"""Long lists read in pieces, so that no more of them is held than is worked on."""

from array import array
from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Thing = TypeVar("Thing")
PIECE = 1000


def in_pieces(rows: QuerySet[Row], size: int = PIECE) -> Iterator[QuerySet[Row]]:
    """The rows in their order, some at a time; of all of them only the keys are held.

    Between two pieces no statement is open: nobody who writes waits for whoever reads a long list.
    The order must be whole (end with the key), or rows of equal rank could change places.
    """
    keys = array("q", rows.values_list("pk", flat=True).iterator(chunk_size=10 * PIECE))
    for at in range(0, len(keys), size):
        yield rows.filter(pk__in=keys[at : at + size])


def in_parts(things: Sequence[Thing], size: int) -> Iterator[Sequence[Thing]]:
    """What is held already, so many at a time, the last part maybe fewer."""
    for start in range(0, len(things), size):
        yield things[start : start + size]
