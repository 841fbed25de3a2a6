"""Pinyin initials, so that a name is found by keyboard ("示范镇" by "sfz")."""

import unicodedata
from functools import lru_cache

LONGEST = 60
# Characters that begin with another letter where they are a surname, by that letter. Not those
# where only the vowel or the tone is another (华, 任, 盖).
SURNAMES = {
    **dict.fromkeys("曾翟查祭", "z"),  # zēng, zhái, zhā, zhài
    **dict.fromkeys("单召折", "s"),  # shàn, shào, shé
    **dict.fromkeys("仇覃", "q"),  # qiú, qín
    **dict.fromkeys("乐员", "y"),  # yuè, yùn
    "解": "x",
    "区": "o",
    "繁": "p",
    "种": "c",
    "秘": "b",
    "句": "g",
    "尉迟": "yc",
    "万俟": "mq",
    "澹台": "tt",
}
# A part of another name (单增·多吉) is no surname.
NO_SURNAME = "·"


@lru_cache(maxsize=20_000)
def _initial(character: str) -> str:
    """The first letter of one character; letters and digits stand for themselves."""
    # Its dictionaries take a second to load, and most commands need none of them.
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(character, style=Style.FIRST_LETTER)[0]


def initials_of(text: str) -> str:
    """The initials of a text in small letters; signs and blanks are left out."""
    letters = "".join(_initial(character) for character in unicodedata.normalize("NFKC", text))
    return "".join(letter for letter in letters.lower() if letter.isalnum())[:LONGEST]


def initials_of_person(name: str) -> str:
    """The initials of a person's name, the surname read as one: 单小明 is "sxm", not "dxm"."""
    text = "".join(name.split())
    for length in (2, 1):
        surname = SURNAMES.get(text[:length])
        if surname and len(text) > length and NO_SURNAME not in text:
            return (surname + initials_of(text[length:]))[:LONGEST]
    return initials_of(text)
