"""Which version a sheet that was stamped outside belongs to: what its QR says, what is printed on
it for people (N12).
"""

import re
import unicodedata
from collections.abc import Iterable

CODE = "PINGYI-RETURN:"
# As many signs of the digest are the number of a sheet: who reads it from paper types no more.
SIGNS, PART = 8, 4
DIGEST = re.compile(r"[0-9a-f]{64}")
# What stands on a sheet of figures that nobody sealed: size and root of the ledger.
OF_A_DRAFT = re.compile(r"[0-9]+:[0-9A-F]{64}")
# Signs that are no digits of a digest, and what was meant.
MISREAD = str.maketrans("oil", "011")


def code_of(digest: str) -> str:
    """What the QR of a version says: its whole digest, in capitals, which take less room there."""
    return f"{CODE}{digest.upper()}"


def number_of(digest: str) -> str:
    """The number of a sheet: 1A2B-3C4D."""
    start = digest[:SIGNS].upper()
    return f"{start[:PART]}-{start[PART:]}"


def digests_in(codes: Iterable[str]) -> list[str]:
    """The digests of versions among what codes say, each once."""
    said = (code.removeprefix(CODE).lower() for code in codes if code.startswith(CODE))
    return list(dict.fromkeys(digest for digest in said if DIGEST.fullmatch(digest)))


def is_draft(codes: Iterable[str]) -> bool:
    """Whether one of the codes is that of a sheet that is no version."""
    return any(OF_A_DRAFT.fullmatch(code) for code in codes)


def signs_typed(text: str) -> str:
    """The number of a sheet as somebody typed it: full-width, in groups, O for 0."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(MISREAD)
    return re.sub(r"[^0-9a-z]", "", plain)


def names(typed: str, digest: str) -> bool:
    """Whether what was typed is the beginning of a digest, and long enough to be its number."""
    return len(typed) >= SIGNS and digest.startswith(typed)
