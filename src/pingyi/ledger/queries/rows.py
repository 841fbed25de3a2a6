"""The rows for which the ledger stands, as they are in the database now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Model, Q

from pingyi.ledger import rules
from pingyi.ledger.doors import VOUCHED, Vouched

CHUNK = 2_000
# As many keys as every database takes in one question.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table by their keys: many, or such as a deed removed."""

    model: type[Model]
    keys: Collection[int]


def rows_now(lines: Sequence[Iterable[Model | Rows]]) -> list[rules.RowHashes]:
    """What each of some lines says of its rows: hashes by table and key, None where one binds no
    more.

    Reads them as the database holds them, hundreds in one question. A class for whose rows no room
    asks the ledger to stand is a mistake: LookupError.
    """
    asked = [_keys_by_model(rows) for rows in lines]
    together: dict[type[Model], set[int]] = defaultdict(set)
    for keys in asked:
        for model, some in keys.items():
            together[model] |= some
    found = {model: _tables_of(model, keys) for model, keys in together.items()}
    return [
        {
            table: {pk: hashes.get(pk) for pk in sorted(some)}
            for model, some in keys.items()
            for table, hashes in found[model].items()
        }
        for keys in asked
    ]


def _keys_by_model(rows: Iterable[Model | Rows]) -> dict[type[Model], set[int]]:
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for row in rows:
        if isinstance(row, Rows):
            keys[row.model].update(row.keys)
        else:
            keys[type(row)].add(row.pk)
    return keys


def _tables_of(model: type[Model], keys: set[int]) -> dict[str, dict[int, str]]:
    """The hashes of binding rows with these keys, for each table that the class stands for."""
    tables = {name: one for name, one in VOUCHED.items() if one.model is model}
    if not tables:
        raise LookupError(f"the ledger does not stand for rows of {model.__name__}")
    wanted = sorted(keys)
    return {
        name: {
            pk: hash_
            for at in range(0, len(wanted), AT_ONCE)
            for pk, hash_ in _hashes(vouched, Q(pk__in=wanted[at : at + AT_ONCE]))
        }
        for name, vouched in tables.items()
    }


def all_hashes(vouched: Vouched) -> Iterator[tuple[int, str]]:
    """Key and hash of every row for which the ledger must stand, thousands read at a time."""
    return _hashes(vouched, Q())


def _hashes(vouched: Vouched, which: Q) -> Iterator[tuple[int, str]]:
    columns = sorted(
        field.attname
        for field in vouched.model._meta.concrete_fields
        if not field.primary_key and field.attname not in vouched.without
    )
    rows = vouched.model._base_manager.filter(vouched.only, which)
    for pk, *values in rows.values_list("pk", *columns).iterator(chunk_size=CHUNK):
        yield pk, rules.row_hash(columns, values)
