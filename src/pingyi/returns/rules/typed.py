"""What people type into a cell of a form, as a number, a word or blank (N12).

Spaces, full-width and Chinese digits, commas and dashes are understood, and it is said; what could
mean two things is none of them, and never 0.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pingyi.documents.form_pages import Value
from pingyi.returns.rules.cells import MOST, Said

# Full-width signs beside their ASCII ones; no superscripts, which would change a number.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
DASHES = re.compile(r"[-/\\\u2010-\u2015\u2212\u2500\u30fc]+")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.0+)?", re.ASCII)
WHOLE = re.compile(r"\d+(?:[.,]0+)?", re.ASCII)
FRACTION = re.compile(r"\d+[.,]\d+", re.ASCII)
NEGATIVE = re.compile(r"[-\u2212]\d.*", re.ASCII)
CHINESE = re.compile("[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+")
DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
# A sign by which programs mark text: 'twelve.
MARK = re.compile("['\u2018\u2019](?=[0-9])")
CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?", re.ASCII)
# None there are, or nobody filled it in: who typed it says which.
NONE = {"无", "没有", "暂无", "none"}
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


@dataclass(frozen=True)
class Typed:
    """What was understood; `problem` is a code where nothing was; `as_typed` where it stood so."""

    said: Said = None
    problem: str = ""
    as_typed: bool = True


def number_typed(value: Value, words: Mapping[str, str]) -> Typed:
    """A number, one of the words, or blank. `words` are those of people, with what they mean."""
    if value is None:
        return Typed()
    if isinstance(value, bool):
        return Typed(problem="true_or_false")
    if isinstance(value, date):
        return Typed(problem="a_day")
    if isinstance(value, int):
        return _in_range(value)
    if isinstance(value, float):
        return Typed(problem="not_whole")
    return _text(value, words)


def _in_range(number: int, *, as_typed: bool = True) -> Typed:
    if number < 0:
        return Typed(problem="negative")
    if number > MOST:
        return Typed(problem="too_large")
    return Typed(number, as_typed=as_typed)


def _text(value: str, words: Mapping[str, str]) -> Typed:
    text = "".join(value.translate(FULL_WIDTH).split())
    if text in words:
        return Typed(words[text])
    if text.casefold() in NONE:
        return Typed(problem="says_none")
    if CLOCK.fullmatch(text):
        return Typed(problem="a_time")
    text = MARK.sub("", text, count=1) if MARK.match(text) else text
    if not text or DASHES.fullmatch(text):
        return Typed(as_typed=not text)
    if GROUPED.fullmatch(text):
        return _in_range(int(text.partition(".")[0].replace(",", "")), as_typed=False)
    if WHOLE.fullmatch(text):
        return _in_range(int(re.split("[.,]", text)[0][:20]), as_typed=False)
    if CHINESE.fullmatch(text) and (number := chinese(text)) is not None:
        return _in_range(number, as_typed=False)
    if FRACTION.fullmatch(text):
        return Typed(problem="not_whole")
    if NEGATIVE.fullmatch(text):
        return Typed(problem="negative")
    return Typed(problem="no_number")


def chinese(text: str) -> int | None:
    """二十三 and 二三 are 23, 一百零五 is 105; None where the signs make no number."""
    if not set(text) & set(TENS):
        return int("".join(str(DIGITS[sign]) for sign in text)[:20])
    total, digit, last = 0, None, 10_000
    for sign in text:
        if sign in DIGITS:
            if digit:
                return None
            digit = DIGITS[sign]
            continue
        step = TENS[sign]
        if step >= last:
            return None
        # 十三 begins with its step: there is one of it.
        total, digit, last = total + (1 if digit is None else digit) * step, None, step
    return total + (digit or 0)


def day_typed(value: Value) -> date | None:
    """A day, as a date or written in one of the usual ways; None where it is none."""
    if isinstance(value, date):
        return value
    found = DAY.fullmatch("".join(str(value).translate(FULL_WIDTH).split()))
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
