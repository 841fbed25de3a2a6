"""What a line says of a row: the SHA-256 of its columns, written in one way only."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from pingyi.ledger.rules.canonical import moment_text

# By table and key of the row: its hash in hex, or None once it is gone.
RowHashes = Mapping[str, Mapping[int | str, str | None]]


def _plain(value: object) -> str:
    """A moment in UTC, a day as ISO 8601 says it."""
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical text in the ledger: {value!r}")


_encoded = json.JSONEncoder(
    ensure_ascii=False,
    sort_keys=True,
    separators=(",", ":"),
    allow_nan=False,
    default=_plain,
).encode


def row_hash(columns: Sequence[str], values: Sequence[object]) -> str:
    """SHA-256, in hex, of the JSON text of the columns by name, those that are empty left out.

    Left out, so that a column added later, empty in every row there is, leaves their hashes as
    they are; zero is not empty. Raises TypeError for what has no single way of writing.
    """
    said = {
        name: value
        for name, value in zip(columns, values, strict=True)
        if value is not None and value is not False and value not in ("", [], {})
    }
    return sha256(_encoded(said).encode()).hexdigest()


def rows_text(hashes: RowHashes) -> str:
    """The hashes as they stand beside a body, tables and keys in order; nothing where none."""
    return _encoded(hashes) if hashes else ""


def rows_of(text: str) -> RowHashes:
    """What `rows_text` wrote; keys are text. ValueError for anything else."""
    found = json.loads(text) if text else {}
    if not isinstance(found, dict) or not all(isinstance(keys, dict) for keys in found.values()):
        raise ValueError("the rows of a line are hashes by table and key")
    return found
