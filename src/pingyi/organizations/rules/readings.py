"""How names of people are read: one syllable with its tone for each character ("zeng1")."""

import unicodedata
from functools import lru_cache

# Characters that are read otherwise where they are a surname.
SURNAMES = {
    "曾": "zeng1", "翟": "zhai2", "查": "zha1", "祭": "zhai4", "单": "shan4", "召": "shao4",
    "折": "she2", "仇": "qiu2", "覃": "qin2", "乐": "yue4", "员": "yun4", "解": "xie4",
    "区": "ou1", "繁": "po2", "种": "chong2", "秘": "bi4", "句": "gou1", "任": "ren2",
    "华": "hua4", "盖": "ge3", "葛": "ge3", "卜": "bu3", "薄": "bo2", "燕": "yan1", "都": "du1",
    "纪": "ji3", "缪": "miao4", "朴": "piao2", "哈": "ha3", "那": "na1", "过": "guo1",
    "洗": "xian3", "莘": "shen1", "谌": "chen2", "贲": "ben1", "訾": "zi1", "撒": "sa4",
    "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "澹台": "tan2 tai2", "长孙": "zhang3 sun1",
}  # fmt: skip
# A part of another name (单增·多吉) is no surname.
NO_SURNAME = "·"


@lru_cache(maxsize=20_000)
def reading_of(character: str) -> str:
    """The reading of one character; letters and digits stand for themselves, in small letters."""
    # Its dictionaries take a second to load, and most commands need none of them.
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0].lower()


def readings_of_person(name: str) -> list[str]:
    """The readings of a person's name, the surname read as one; blanks are left out."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    for length in (2, 1):
        surname = SURNAMES.get(text[:length])
        if surname and len(text) > length and NO_SURNAME not in text:
            return [*surname.split(), *map(reading_of, text[length:])]
    return [reading_of(character) for character in text]


def sound_of(name: str) -> tuple[str, ...]:
    """What a name sounds like, whatever the tones: 晓 and 小 are one."""
    return tuple(reading.rstrip("12345") for reading in readings_of_person(name))
