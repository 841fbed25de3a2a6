"""The rows for which the ledger stands, as they are in the database now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connections
from django.db.models import Model, Q, QuerySet

from pingyi.core.lookups import Among
from pingyi.ledger import rules
from pingyi.ledger.doors import VOUCHED, Vouched
from pingyi.ledger.queries.stored import columns_of

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table by their keys: many, or such as a deed removed.

    By another column they are all rows there are now with one of these values.
    """

    model: type[Model]
    keys: Collection[int]
    by: str = "pk"


def rows_now(lines: Sequence[Iterable[Model | Rows]]) -> list[rules.RowHashes]:
    """What each of some lines says of its rows: hashes by table and key, None where one binds no
    more.

    Reads them as the database holds them, thousands in one question. A class for whose rows no
    room asks the ledger to stand is a mistake: LookupError.
    """
    asked = [_keys(rows) for rows in lines]
    together: dict[type[Model], set[int]] = defaultdict(set)
    for named, _others in asked:
        for model, some in named.items():
            together[model] |= some
    found = {model: _tables_of(model, "pk", keys) for model, keys in together.items()}
    return [
        _said(
            {
                model: {
                    table: {pk: hashes.get(pk) for pk in some}
                    for table, hashes in found[model].items()
                }
                for model, some in named.items()
            },
            others,
        )
        for named, others in asked
    ]


def _said(
    named: dict[type[Model], dict[str, dict[int | str, str | None]]], others: Iterable[Rows]
) -> rules.RowHashes:
    said: dict[str, dict[int | str, str | None]] = defaultdict(dict)
    for tables in named.values():
        for table, known in tables.items():
            said[table] |= known
    for rows in others:
        for table, hashes in _tables_of(rows.model, rows.by, rows.keys).items():
            said[table] |= hashes
    return {table: hashes for table, hashes in said.items() if hashes}


def _keys(rows: Iterable[Model | Rows]) -> tuple[dict[type[Model], set[int]], list[Rows]]:
    """The keys that are named, by the class of their table; and rows by another column."""
    keys: dict[type[Model], set[int]] = defaultdict(set)
    others: list[Rows] = []
    for row in rows:
        if not isinstance(row, Rows):
            keys[type(row)].add(row.pk)
        elif row.by == "pk":
            keys[row.model].update(row.keys)
        else:
            others.append(row)
    return keys, others


def _tables_of(
    model: type[Model], by: str, keys: Collection[int]
) -> dict[str, dict[int | str, str | None]]:
    """The hashes of binding rows with these keys, for each table that the class stands for."""
    tables = {name: one for name, one in VOUCHED.items() if one.model is model}
    if not tables:
        raise LookupError(f"the ledger does not stand for rows of {model.__name__}")
    which = Q(Among(by, keys))
    return {name: dict(_hashes(vouched, which)) for name, vouched in tables.items()}


def all_hashes(vouched: Vouched) -> Iterator[tuple[int, str]]:
    """Key and hash of every row for which the ledger must stand, thousands read at a time."""
    return _hashes(vouched, Q())


def _hashes(vouched: Vouched, which: Q) -> Iterator[tuple[int, str]]:
    vendor = connections[vouched.model._base_manager.db].vendor
    columns, every = _stored(vouched.model, frozenset(vouched.without), vendor)
    for pk, *values in every.filter(vouched.only, which).iterator(chunk_size=CHUNK):
        yield pk, rules.row_hash(columns, values)


@cache
def _stored(
    model: type[Model], without: frozenset[str], vendor: str
) -> tuple[list[rules.Column], QuerySet[Model, tuple[Any, ...]]]:
    """The columns for which the ledger stands, and the question for them: every deed puts it, so it
    is made once. Not in the order of pages, which the database would have to sort.
    """
    columns, stored = columns_of(model, without, vendor)
    return columns, model._base_manager.order_by("pk").values_list("pk", *stored)
