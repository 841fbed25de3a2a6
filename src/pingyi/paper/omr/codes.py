"""What the QR of a sheet says: which layout, which ballot, which page; nothing about a voter.

`P1:ANNEX5:7QK2M0XA:ABCDE12345FGHJK67890:1/2:X7Q`: version, form, short layout hash, ballot id,
page k/n, check code. All signs are of QR's alphanumeric mode, so that 19 mm at level Q hold them.
"""

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

VERSION = "P1"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is mistaken for a digit."""
BALLOT_SIGNS, HASH_SIGNS, CHECK_SIGNS = 20, 8, 3
_SIGN = f"[{ALPHABET}]"
_PAYLOAD = re.compile(
    rf"(?P<version>P\d+):(?P<form>[A-Z0-9-]+):(?P<layout>{_SIGN}{{{HASH_SIGNS}}})"
    rf":(?P<ballot>{_SIGN}{{{BALLOT_SIGNS}}}):(?P<page>\d{{1,3}})/(?P<of>\d{{1,3}})"
    rf":(?P<check>{_SIGN}{{{CHECK_SIGNS}}})"
)


@dataclass(frozen=True, slots=True)
class SheetCode:
    """One page of one ballot; `layout` is the short hash of the layout it was printed with."""

    form: str
    layout: str
    ballot: str
    page: int
    of: int

    @property
    def payload(self) -> str:
        """The text of the QR."""
        body = f"{VERSION}:{self.form}:{self.layout}:{self.ballot}:{self.page}/{self.of}"
        return f"{body}:{check_code(body)}"


def new_ballot_id() -> str:
    """A random ballot id of 100 bits from the system's generator (ballots.md, slip code)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(BALLOT_SIGNS))


def check_code(body: str) -> str:
    """Three signs that a misread or mistyped text does not match (15 bits of SHA-256)."""
    return _signs(sha256(body.encode("ascii")).digest(), CHECK_SIGNS)


def short_hash(layout_hash: str) -> str:
    """The first 40 bits of a layout's hash, as eight signs."""
    return _signs(bytes.fromhex(layout_hash), HASH_SIGNS)


def form_word(form: str) -> str:
    """The code of a form in the signs of a QR: `annex_4` gives `ANNEX-4`."""
    return form.upper().replace("_", "-")


def parse(payload: str) -> SheetCode | None:
    """The code behind a QR text; None where it is not ours or its check code does not match."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None or found["version"] != VERSION:
        return None
    code = SheetCode(
        found["form"], found["layout"], found["ballot"], int(found["page"]), int(found["of"])
    )
    return code if code.payload == payload and 1 <= code.page <= code.of else None


def _signs(digest: bytes, number: int) -> str:
    bits = int.from_bytes(digest, "big") >> (len(digest) * 8 - 5 * number)
    return "".join(ALPHABET[bits >> (5 * place) & 31] for place in reversed(range(number)))
