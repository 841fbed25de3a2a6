"""What a line says of a row: the SHA-256 of its columns, written in one way only."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any

from pingyi.ledger.rules.canonical import moment_text

# By table and key of the row: its hash in hex, or None once it is gone.
RowHashes = Mapping[str, Mapping[int | str, str | None]]
EMPTY: tuple[object, ...] = ("", [], {})


def _refused(value: object) -> str:
    raise TypeError(f"{type(value).__name__} has no canonical text in the ledger: {value!r}")


_encoded = json.JSONEncoder(
    ensure_ascii=False,
    sort_keys=True,
    separators=(",", ":"),
    allow_nan=False,
    default=_refused,
).encode
# What columns hold most often, written out: the encoder takes longer to begin than to write it.
_texts: Mapping[type, Callable[[Any], str]] = {
    str: quoted,
    int: repr,
    datetime: lambda at: f'"{moment_text(at)}"',
    date: lambda on: f'"{on.isoformat()}"',
}


def row_hash(columns: Sequence[str], values: Sequence[object]) -> str:
    """SHA-256, in hex, of the JSON text of the columns, those that are empty left out.

    `columns` are sorted names. Empty ones are left out, so that a column added later, empty in
    every row there is, leaves their hashes as they are; zero is not empty. Raises TypeError for
    what has no single way of writing.
    """
    said = ",".join(
        f'"{name}":{_texts.get(type(value), _encoded)(value)}'
        for name, value in zip(columns, values, strict=True)
        if value is not None and value is not False and value not in EMPTY
    )
    return sha256(f"{{{said}}}".encode()).hexdigest()


def rows_text(hashes: RowHashes) -> str:
    """The hashes as they stand beside a body, tables and keys in order; nothing where none."""
    return _encoded(hashes) if hashes else ""


def rows_of(text: str) -> RowHashes:
    """What `rows_text` wrote; keys are text. ValueError for anything else."""
    found = json.loads(text) if text else {}
    if not isinstance(found, dict) or not all(isinstance(keys, dict) for keys in found.values()):
        raise ValueError("the rows of a line are hashes by table and key")
    return found
