"""What people type into the cells of a form: understood and said so, or named, and never 0."""

from datetime import date
from typing import Any

import pytest

from pingyi.returns.rules.typed import chinese, day_typed, number_typed

WORDS = {"零报告": "nil", "不适用": "not_applicable"}


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, None), (0, 0), (12, 12), ("零报告", "nil"), (" 不适用 ", "not_applicable")],
)
def test_what_stands_as_it_should_be(value: Any, said: Any) -> None:
    typed = number_typed(value, WORDS)
    assert (typed.said, typed.problem, typed.as_typed) == (said, "", True)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("12", 12), (" 1 2 ", 12), ("１２", 12), ("1,277", 1277), ("１，２７７", 1277),
        ("12.0", 12), ("12,0", 12), ("1,277.00", 1277), ("二十三", 23), ("十", 10),
        ("一百零五", 105), ("二三", 23), ("两千", 2000), ("贰拾", 20), ("〇", 0),
        ("'37", 37), ("＇37", 37), ("’37", 37),
        ("—", None), ("－", None), ("/", None), ("——", None),
    ],
)  # fmt: skip
def test_what_is_understood_is_said(value: str, said: Any) -> None:
    typed = number_typed(value, WORDS)
    assert (typed.said, typed.problem, typed.as_typed) == (said, "", False)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("2000万", "no_number"), ("12人", "no_number"), ("无", "says_none"), ("没有", "says_none"),
        ("12:30", "a_time"), ("3:00:00", "a_time"), ("10²", "no_number"),
        ("约12", "no_number"), ("1,2,3", "no_number"), ("二二十", "no_number"),
        ("十百", "no_number"), ("十二百", "no_number"),
        ("12.5", "not_whole"), ("12,5", "not_whole"), (12.5, "not_whole"), ("0.5", "not_whole"),
        (-1, "negative"), ("-3", "negative"), ("－3", "negative"),
        (10**9, "too_large"), ("9" * 400, "too_large"), ("九" * 400, "too_large"),
        (True, "true_or_false"), (date(2011, 6, 28), "a_day"), ("٣", "no_number"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_named(value: Any, problem: str) -> None:
    typed = number_typed(value, WORDS)
    assert (typed.said, typed.problem) == (None, problem)


@pytest.mark.parametrize("number", [3, 10, 19, 20, 41, 100, 101, 110, 1277, 4060, 9999])
def test_chinese_numbers_are_read_as_they_are_written(number: int) -> None:
    digits = "零一二三四五六七八九"
    text, gap = "", False
    for at, step in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // at % 10
        gap = gap or (digit == 0 and text != "" and number % at > 0)
        if digit:
            text += ("零" if gap else "") + digits[digit] + step
            gap = False
    assert chinese(text) == number


@pytest.mark.parametrize(
    "value", [date(2011, 6, 8), "2011-06-08", "2011年6月8日", "２０１１．６．８", "2011/6/8"]
)
def test_a_day_is_read_in_the_usual_ways(value: Any) -> None:
    assert day_typed(value) == date(2011, 6, 8)


@pytest.mark.parametrize("value", ["六月八日", "2011-13-01", 20110608, "06-08"])
def test_what_is_no_day_is_none(value: Any) -> None:
    assert day_typed(value) is None
