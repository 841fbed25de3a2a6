"""The code of an organization: it stands in addresses, in names of files and in rosters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator

LONGEST_CODE = 40
# No stroke, blank or sign that an address or a folder would read as its own.
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# What stands before the digits at its end.
NUMBERED = re.compile(r"(.*?)(\d+)")
DIGITS = 3
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣ー", "-"))


def code_of(text: str) -> str:
    """A code as it is kept: without blanks, full-width signs and dashes as ASCII has them."""
    return "".join(unicodedata.normalize("NFKC", text.translate(DASHES)).split())


def is_code(text: str) -> bool:
    """Whether it is letters and digits of ASCII with - _ . after the first, 40 signs at most."""
    return len(text) <= LONGEST_CODE and CODE.fullmatch(text) is not None


def next_codes(above: str, siblings: Collection[str]) -> Iterator[str]:
    """Codes for one more organization beside these, the likeliest first: JT03 behind JT01 and JT02,
    else behind the code of what is above."""
    found = [match for code in siblings if (match := NUMBERED.fullmatch(code))]
    stems = Counter(match[1] for match in found)
    stem = max(stems, key=lambda each: stems[each], default="")
    numbers = [match[2] for match in found if match[1] == stem]
    last = max(numbers, key=int, default="")
    stem = stem if numbers else f"{above}-"
    width, number = len(last) or DIGITS, int(last or "0")
    while True:
        number += 1
        yield f"{stem[: LONGEST_CODE - width]}{number:0{width}d}"
