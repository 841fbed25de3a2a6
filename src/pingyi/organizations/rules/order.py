"""In which order names stand: by pinyin with tones, or by strokes, as offices list people.

Names are ordered by keys that are stored beside them, so that a page is read from an index. They
are made of small letters and digits alone, which every database orders alike.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from pingyi.organizations.rules.initials import initials_of_person
from pingyi.organizations.rules.readings import readings_of_person

LONGEST = 120
TABLE = Path(__file__).with_name("strokes.txt")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# No name has more letters, and no database is asked for a longer pattern.
LONGEST_SPOKEN = 80
# How a reading begins: what stands before its first vowel, and that vowel. 吕 is kept as lv3.
BEGINNING = re.compile("[a-z]*?[aeiouv]")
# After every character whose strokes are known.
UNKNOWN = "zzz"


def pinyin_key(name: str) -> str:
    """By the reading of each character, the surname read as one; of one sound by tone, then by
    strokes, so that 高 and 郜, 章 and 张 do not mix."""
    readings = readings_of_person(name)
    signs = _signs(name)
    parts = zip(readings, signs, strict=True)
    return "".join(_spoken(reading) + _rank(sign) for reading, sign in parts)[:LONGEST]


def stroke_key(name: str) -> str:
    """By the strokes of each character: how many, then of which kinds."""
    return "".join(map(_rank, _signs(name)))[:LONGEST]


def spoken(text: str) -> tuple[str, str] | None:
    """How the pinyin key of a name begins that is read so, and the pattern of the whole.

    The syllables are not told apart: "xian" is 先 and 西安, "zhangji" begins 张建国. None where the
    text is no pinyin with a vowel.
    """
    letters = "".join(unicodedata.normalize("NFKC", text).lower().replace("'", " ").split())
    letters = letters.replace("ü", "v")
    beginning = BEGINNING.match(letters)
    is_spoken = len(letters) <= LONGEST_SPOKEN and letters.isascii() and letters.isalpha()
    if beginning is None or not is_spoken:
        return None
    # Behind each syllable the key has its tone and three digits for the strokes.
    return beginning[0], "^" + "(?:[0-9]...)?".join(letters)


def name_columns(name: str) -> dict[str, str]:
    """What is stored beside the name of a person: how it is found, and where it stands."""
    return {
        "initials": initials_of_person(name),
        "by_pinyin": pinyin_key(name),
        "by_strokes": stroke_key(name),
    }


def _signs(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _spoken(reading: str) -> str:
    """Letters and tone; what has no tone is no Chinese and stands before what has one."""
    plain = "".join(sign for sign in reading if sign.isascii() and sign.isalnum())
    return plain if plain[-1:].isdigit() else f"{plain}0"


def _rank(sign: str) -> str:
    """The place of a character in the order of strokes, in three digits."""
    rank = _ranks().get(sign)
    if rank is None:
        return UNKNOWN
    return DIGITS[rank // 1296] + DIGITS[rank // 36 % 36] + DIGITS[rank % 36]


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    signs = "".join(line for line in lines if not line.startswith("#"))
    return {sign: rank for rank, sign in enumerate(signs)}
