"""What a line says of a row: the SHA-256 of its columns, written in one way only."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from pingyi.ledger.rules.forms import Form

# By table and key of the row: its hash in hex, or None once it is gone.
RowHashes = Mapping[str, Mapping[int | str, str | None]]
# Instead of a hash: the row holds what the program never writes, so that no line stands for it.
NO_FORM = ""

_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def row_hash(columns: Sequence[tuple[str, Form]], stored: Sequence[object]) -> str:
    """SHA-256, in hex, of the JSON text of the columns, those that are empty left out.

    `columns` are sorted names with the forms of their values, `stored` is as the database holds
    it. Empty ones are left out, so that a column added later, empty in every row there is, leaves
    their hashes as they are; zero is not empty. NO_FORM where a value is in none.
    """
    said = []
    try:
        for (name, form), value in zip(columns, stored, strict=True):
            if text := form(value):
                said.append(f'"{name}":{text}')
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
