"""Sign-in names made from names: 王大山 becomes wangdashan, the next one wangdashan2."""

import unicodedata
from collections.abc import Container

LONGEST = 40
"""Letters kept of a name; a number may follow."""
NAMELESS = "user"


def sign_in_name(name: str, taken: Container[str]) -> str:
    """A sign-in name for a name that nobody has: small letters and digits, with a number if needed.

    Chinese characters are spelled in pinyin without tones, letters lose their accents.
    """
    stem = spelled(name) or NAMELESS
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def spelled(name: str) -> str:
    """The letters and digits of a name as typed on any keyboard."""
    # Its dictionaries take a second to load, and most commands need none of them.
    from pypinyin import lazy_pinyin

    plain = unicodedata.normalize("NFKD", "".join(lazy_pinyin(name)))
    letters = (one for one in plain.lower() if one.isascii() and one.isalnum())
    return "".join(letters)[:LONGEST]
