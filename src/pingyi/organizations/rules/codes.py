"""The code of an organization: it stands in addresses, in names of files and in rosters."""

import re
import unicodedata

LONGEST_CODE = 40
# No stroke, blank or sign that an address or a folder would read as its own.
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣ー", "-"))


def code_of(text: str) -> str:
    """A code as it is kept: without blanks, full-width signs and dashes as ASCII has them."""
    return "".join(unicodedata.normalize("NFKC", text.translate(DASHES)).split())


def is_code(text: str) -> bool:
    """Whether it is letters and digits of ASCII with - _ . after the first, 40 signs at most."""
    return len(text) <= LONGEST_CODE and CODE.fullmatch(text) is not None
