"""What a line says of a row: the SHA-256 of its columns, written in one way only."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from pingyi.ledger.rules.forms import Form

# By table and key of the row: its hash in hex, or None once it is gone.
RowHashes = Mapping[str, Mapping[int | str, str | None]]
# Instead of a hash: the row holds what the program never writes, so that no line stands for it.
NO_FORM = ""

_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Column(NamedTuple):
    """A column for which the ledger stands. Where it may hold nothing, NULL is its empty value."""

    name: str
    form: Form
    is_nullable: bool = False


def row_hash(columns: Sequence[Column], stored: Sequence[object]) -> str:
    """SHA-256, in hex, of the JSON text of the columns, those that are empty left out.

    `columns` are sorted by name, `stored` is as the database holds them. Empty ones are left out,
    so that a column added later, empty in every row there is, leaves their hashes as they are; zero
    is not empty. NO_FORM where a value is in no form of its column.
    """
    said = []
    try:
        for (name, form, is_nullable), value in zip(columns, stored, strict=True):
            if value is None and is_nullable:
                continue
            if text := form(value):
                said.append(f'"{name}":{text}')
            elif is_nullable:
                return NO_FORM
        return sha256(f"{{{','.join(said)}}}".encode()).hexdigest()
    except ValueError:
        return NO_FORM


def rows_text(hashes: RowHashes) -> str:
    """The hashes as they stand beside a body, tables and keys in order; nothing where none."""
    return _encoded(hashes) if hashes else ""


def rows_of(text: str) -> RowHashes:
    """What `rows_text` wrote; keys are text. ValueError for anything else."""
    found = json.loads(text) if text else {}
    if not isinstance(found, dict) or not all(isinstance(keys, dict) for keys in found.values()):
        raise ValueError("the rows of a line are hashes by table and key")
    return found
