"""Reads one cell: normalizes what people vary, refuses what cannot be meant.

Full-width digits, blanks, dashes, Chinese dates, numbers kept as text and days kept as numbers
are understood and reported; `2000万` is an error and never 0 (design/returns.md).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from pingyi.organizations.rules.characters import meant, real
from pingyi.organizations.rules.codes import DASHES, LONGEST_CODE, code_of, is_code
from pingyi.organizations.rules.identity import fault_of, normalize, of_18
from pingyi.organizations.rules.names import DOTS, HYPHEN, TWICE
from pingyi.rosters.rules.columns import WORDS, offered
from pingyi.rosters.rules.numbers import last_four_of, masked
from pingyi.rosters.rules.signs import seen

Raw = str | int | float | bool | date | None
Param = (
    str | int | None | Sequence[str] | Sequence[tuple[str, str]] | Sequence[tuple[str, str, str]]
)
EARLIEST, LATEST = date(1880, 1, 1), date(2100, 1, 1)
SPREADSHEET_ZERO = date(1899, 12, 30)
SERIALS = range((date(1920, 1, 1) - SPREADSHEET_ZERO).days, (LATEST - SPREADSHEET_ZERO).days)
"""Days that a spreadsheet counts. A smaller number is a year or an age, and no day of 1905."""
YEARS = range(EARLIEST.year, LATEST.year)
BRACKETS = re.compile(r"(?<=.)\(\d{1,2}\)$")
LONGEST_NAME, LONGEST_TITLE = 100, 60

SHOWN_ERROR = re.compile(r"#(?:[A-Z]+[A-Z0-9_/]*[!?]?|#+)|Err:\d{3}")
IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
OLD_IDENTITY = re.compile(r"[0-9]{15}")
ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?E\+?1[4-7]")
# Signs that are typed for the X at the end: ×, and the letters of Russian and Greek.
LIKE_X = "×Х✕✖Χ"
# What people write where they have nothing to write.
SAID_NOTHING = "无 - -- / // \\ 、 空 空白 暂无 不详 未知 没有 none nil n/a na"
NOTHING = frozenset(SAID_NOTHING.split())
DAY = re.compile(r"(\d{4})[-/.年、, ](\d{1,2})(?:[-/.月、, ](\d{1,2})?[日号]?)?")
# What stands behind a day and tells nothing: 0:00, 12:00:00 AM, 星期二.
HOUR = re.compile(
    r"(?:(?<=[日号])|[T ])(?:[上下]午)? ?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?(?: ?[AP]M)?$",
    re.IGNORECASE,
)
WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")
AROUND = re.compile(r" *([-/.年月日号、,]) *")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})?")
YEAR = re.compile(r"(\d{4})年?")
CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)
CHINESE_DIGITS = {"〇": 0, "○": 0, "零": 0} | {
    sign: i for i, sign in enumerate("一二三四五六七八九", 1)
}


class Month(date):
    """The first day of a month of which a cell says no more."""


def agree(said: date, other: date | None) -> bool:
    """Whether what a cell says can be that day: a month never is compared to the day."""
    if other is None:
        return False
    if isinstance(said, Month):
        return (said.year, said.month) == (other.year, other.month)
    return said == other


def said_of(said: date | None, known: date | None) -> date | None:
    """The day by a cell; the known one where the cell says nothing else."""
    return known if said is None or (known and agree(said, known)) else said


class Unreadable(Exception):
    """A cell whose value cannot be meant; `code` names the message, `params` fill it."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def is_error(value: Raw) -> bool:
    """Whether it is what a spreadsheet shows in the place of a value: #N/A; ### is a column too
    narrow, copied as it showed."""
    return (
        isinstance(value, str)
        and any(sign in value for sign in "#＃E")
        and SHOWN_ERROR.fullmatch(bare(value)) is not None
    )


def refuse_error(value: Raw) -> None:
    """An error that was pasted as a text."""
    if is_error(value):
        raise Unreadable("shows_error")


def plain(text: str) -> str:
    """ASCII digits, letters and signs for full-width ones; no blanks at the ends, and nothing that
    nobody sees."""
    return unicodedata.normalize("NFKC", seen(text)).strip()


def bare(text: str) -> str:
    """As `plain`, and no blanks inside either."""
    return "".join(plain(text).split())


def as_text(value: Raw) -> str:
    """The cell as text: a whole number without its point."""
    if isinstance(value, bool | date):
        raise Unreadable("not_text")
    if isinstance(value, float):
        raise Unreadable("not_text")
    return str(value)


def tidy(text: str) -> str:
    """A text as cells are read: single blanks, the characters that are meant."""
    return " ".join(meant(seen(text)).split())


def read_text(value: Raw) -> str:
    """A name of an organization or post: single blanks, the characters that are meant, otherwise
    as written."""
    text = tidy(as_text(value))
    if len(text) > LONGEST_NAME:
        raise Unreadable("too_long", limit=LONGEST_NAME)
    if text.replace(".", "").replace("-", "").isdigit():
        raise Unreadable("not_text")
    return text


def read_person_name(value: Raw) -> str:
    """A person's name: Chinese names without blanks, with the characters that are meant, one kind
    of dot in minority names."""
    text = real(seen(as_text(value)).translate(DOTS))
    text = " ".join(TWICE.sub("·", HYPHEN.sub("·", text)).split())
    if not text.isascii():
        text = text.replace(" ", "")
    if len(text) > LONGEST_TITLE:
        raise Unreadable("too_long", limit=LONGEST_TITLE)
    # 王芳（2） is told from a namesake so.
    if any(sign.isdigit() for sign in BRACKETS.sub("", text)):
        raise Unreadable("not_a_name")
    return text


def read_code(value: Raw) -> str:
    """The code of an organization."""
    text = code_of(seen(as_text(value)))
    if len(text) > LONGEST_CODE:
        raise Unreadable("too_long", limit=LONGEST_CODE)
    if not is_code(text):
        raise Unreadable("not_a_code")
    return text


def read_place(value: Raw) -> str:
    """An organization, by its code or by its name: which of the two it is, the register knows."""
    if isinstance(value, int) and not isinstance(value, bool):
        return read_code(value)
    text = code_of(seen(as_text(value)))
    return text if is_code(text) else read_text(value)


def read_identity(value: Raw) -> str:
    """An identity number of 18 signs; one of 15 gets its century and its check digit (GB 11643).
    Of a masked one only the last four are known.

    A number that a spreadsheet rounded is refused, and so is a sign that no number has.
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and not OLD_IDENTITY.fullmatch(str(value)):
        raise Unreadable("identity_as_number")
    if last4 := last_four_of(bare(as_text(value))):
        return masked(last4)
    text = normalize(seen(as_text(value)).translate(DASHES))
    if ROUNDED.fullmatch(text):
        raise Unreadable("identity_as_number")
    if OLD_IDENTITY.fullmatch(text):
        text = of_18(text)
    elif text[-1:] in LIKE_X and fault_of(f"{text[:-1]}X") is None:
        text = f"{text[:-1]}X"
    # A wrong check digit or birthday is pointed out later, not refused.
    if not IDENTITY.fullmatch(text):
        strange = next((sign for sign in text if not (sign.isascii() and sign.isalnum())), "")
        if strange:
            raise Unreadable("identity_sign", sign=strange, sign_code=f"U+{ord(strange):04X}")
        raise Unreadable("not_an_identity")
    return text


TOLD = frozenset({"identity", "standing"})
"""Kinds of columns that are told by what stands in them."""


SIGNS_OF_IDENTITY = (15, 18)


def holds(kind: str, value: Raw, *, said: bool = True) -> bool:
    """Whether a cell holds what is told by itself: an identity number with its check digit; a
    standing.

    Where the heading says that identity numbers stand there, a masked one of their length counts,
    and one of 15 digits; else these could be phones, cards or accounts.
    """
    try:
        if kind != "identity":
            return bool(read_word(kind, value))
        read = read_identity(value)
    except Unreadable:
        return False
    signs = len(normalize(seen(as_text(value)).translate(DASHES)))
    if last_four_of(read):
        return said and signs in SIGNS_OF_IDENTITY
    return fault_of(read) is None and (said or signs == max(SIGNS_OF_IDENTITY))


def read_person_number(value: Raw) -> str:
    """The number of a person in an exported list."""
    return bare(as_text(value)).upper()


def is_nothing(value: Raw) -> bool:
    """Whether it only says that there is nothing: 无, -, /."""
    return isinstance(value, str) and bare(value.translate(DASHES)).casefold() in NOTHING


def read_date(value: Raw) -> date:
    """A day: a date cell, a day number, 2011-06-30, 20110630, 2011年6月30日, 2011.06, 201106.

    A year alone is refused, also where a cell with the format of a date made 1905-05-03 of 1950.
    """
    if year := _year_of(value):
        raise Unreadable("only_a_year", year=year)
    day = _day_of(value)
    if day is None or not EARLIEST <= day < LATEST:
        raise Unreadable("not_a_date")
    return day


def _year_of(value: Raw) -> str:
    """The year in a cell that holds nothing else; empty where it holds more."""
    if isinstance(value, date):
        value = (value - SPREADSHEET_ZERO).days
    written = YEAR.fullmatch(bare(str(value)))
    return written.group(1) if written and int(written.group(1)) in YEARS else ""


def _day_of(value: Raw) -> date | None:
    """The day in a cell, None where there is none."""
    if isinstance(value, date):
        return value
    if isinstance(value, float) or value is None:
        return _month_of_number(value) if value else None
    if isinstance(value, int):
        if value in SERIALS:
            return SPREADSHEET_ZERO + timedelta(days=value)
        value = str(value)
    text = WEEKDAY.sub("", " ".join(plain(value.translate(DASHES)).split())).strip()
    # Before blanks go: 3/1 10:00 is no 3/11.
    text = AROUND.sub(r"\1", HOUR.sub("", text).strip())
    for pattern in (COMPACT_DAY, DAY):
        if match := pattern.fullmatch(text):
            year, month, day = match.groups()
            return _date(int(year), int(month), int(day or 0))
    if match := CHINESE_DAY.fullmatch(text):
        year, month, day = match.groups()
        digits = "".join(str(CHINESE_DIGITS[sign]) for sign in year)
        return _date(int(digits), _chinese(month), _chinese(day) or -1 if day else 0)
    return None


def _month_of_number(value: float) -> date | None:
    """The month of 1970.06 that a spreadsheet keeps as a number; 1970.1 is January or October."""
    year, _, month = f"{value:.10g}".partition(".")
    if not month or int(year) not in YEARS or len(month) > len("12"):
        return None
    if month == "1":
        raise Unreadable("january_or_october", year=year)
    return _date(int(year), int(month), 0)


def _date(year: int, month: int, day: int) -> date | None:
    """The date, the month for day 0, None where the calendar has none."""
    try:
        return date(year, month, day) if day else Month(year, month, 1)
    except ValueError:
        return None


def _chinese(text: str) -> int:
    """十一 is 11, 三十 is 30, 六 is 6; 0 for what is no such number."""
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    whole = (CHINESE_DIGITS.get(tens, 1) if ten else 0) * 10
    return whole + CHINESE_DIGITS.get(ones, 0)


def read_word(kind: str, value: Raw) -> str:
    """One of the fixed words of a column."""
    word = bare(as_text(value)).casefold()
    found = WORDS[kind].get(word)
    if found is None:
        raise Unreadable("not_offered", offered=offered(kind))
    return found


def read_named(names: Mapping[str, str], value: Raw) -> str:
    """One of the names of the register (a sector, a leader category), as its code."""
    text = bare(as_text(value))
    for name, code in names.items():
        if text in (bare(name), code):
            return code
    raise Unreadable("not_offered", offered=list(names))
