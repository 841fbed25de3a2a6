"""Which form a workbook is: said on its hidden sheet, and sealed by the installation."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pingyi.campaigns.rules.pack import Pack
from pingyi.documents.form_pages import Value

FORM = "pingyi-form"
LAYOUT = 1
"""Goes up where the same pack would be laid out otherwise."""
PURPOSE = b"pingyi: seals forms that go out, 1"
VERSION_DIGITS, SEAL_DIGITS = 12, 32


@dataclass(frozen=True)
class Facts:
    """What the hidden sheet says, each on a line."""

    form: str
    version: str
    language: str
    campaign: str
    round: str
    unit: str
    # The tables in it, by their codes.
    tables: str
    # The day since which the tree below the unit is as it is.
    tree: str
    made_at: str
    # Tells two forms apart that are otherwise the same.
    nonce: str

    def lines(self) -> list[tuple[str, str]]:
        """Name and value of each."""
        return list(asdict(self).items())


def form_version(pack: Pack) -> str:
    """Changes with the tables, the checks and the layout."""
    said = {
        "layout": LAYOUT,
        "tables": [table.model_dump() for table in pack.tables],
        "checks": [check.model_dump() for check in pack.checks],
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:VERSION_DIGITS]


def facts_in(lines: Mapping[str, str]) -> Facts | None:
    """The facts of a hidden sheet; None where one is missing."""
    names = [each.name for each in fields(Facts)]
    if any(not lines.get(name) for name in names):
        return None
    return Facts(**{name: lines[name] for name in names})


def form_key(identity_key: str) -> bytes:
    """With what the installation seals its forms."""
    return HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(identity_key.encode())


def seal_of(facts: Facts, stated: Mapping[str, Value], key: bytes) -> str:
    """The seal on a form: over its facts, and over every figure that it states as counted."""
    counted = {name: value for name, value in stated.items() if value is not None}
    text = json.dumps([facts.lines(), sorted(counted.items())], ensure_ascii=False)
    return hmac.new(key, text.encode(), sha256).hexdigest()[:SEAL_DIGITS]
