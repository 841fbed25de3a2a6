"""Pinyin initials, so that a name is found by keyboard ("示范镇" by "sfz")."""

from functools import lru_cache

LONGEST = 60


@lru_cache(maxsize=20_000)
def _initial(character: str) -> str:
    """The first letter of one character; letters and digits stand for themselves."""
    # Its dictionaries take a second to load, and most commands need none of them.
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(character, style=Style.FIRST_LETTER)[0]


def initials_of(text: str) -> str:
    """The initials of a text in small letters; signs and blanks are left out."""
    letters = "".join(_initial(character) for character in text)
    return "".join(letter for letter in letters.lower() if letter.isalnum())[:LONGEST]
