"""How large, and on which lines, a text stands in its box."""

import pytest

from pingyi.documents.drawings import Words
from pingyi.documents.measures import MM_PER_POINT
from pingyi.paper.rules.text_fitting import TooLong, fits, fitted

SIZE = 10.0
EM = SIZE * MM_PER_POINT
"""A Chinese sign at ten points, in mm."""
NAME = "买买提·阿卜杜热合曼"


def set_in(w: float, h: float, text: str, **how: object) -> tuple[float, list[str]]:
    """The size and the lines of a text in a box."""
    words = fitted(0, 0, w, h, text, **how)
    return words.size, words.text.split("\n")


def test_a_box_keeps_its_place_and_its_manner() -> None:
    words = fitted(1, 2, 30, 4, "姓名", size=9, face="hei", align="right", leading=0.1)
    assert words == Words(1, 2, 30, 4, "姓名", 9, "hei", "right", 0.1)
    assert fitted(1, 2, 30, 10, "姓名") == Words(1, 2, 30, 10, "姓名", 10.5, "body", "left", 0.22)


@pytest.mark.parametrize(
    ("wide", "high", "lines", "fitting"),
    [
        (5, 1, 1, True),
        (4.99, 1, 1, False),
        (5, 0.99, 1, False),
        (2.5, 3.44, 3, True),
        (2.5, 3.43, 3, False),
        (2.5, 9, 2, False),
        (3, 2.22, 2, True),
        (3, 2.21, 2, False),
        (0.5, 5.88, 5, True),
        (1, 5.88, 5, True),
    ],
)
def test_a_text_of_five_signs_fits_so_many_signs_by_so_many_lines(
    wide: float, high: float, lines: int, fitting: bool
) -> None:
    assert fits("甲乙丙丁戊", wide * EM, high * EM - 0.009, SIZE, lines) is fitting


def test_lines_that_are_set_closer_need_less_height() -> None:
    assert fits("甲乙丙丁", 2 * EM, 2.1 * EM, SIZE, 2, 0.1)
    assert not fits("甲乙丙丁", 2 * EM, 2.1 * EM, SIZE, 2)


def test_the_widest_line_and_each_ended_one_count() -> None:
    assert fits("甲\n乙丙丁", 3 * EM, 3 * EM, SIZE, 2)
    assert not fits("甲\n乙丙丁", 3 * EM, 3 * EM, SIZE, 1)
    assert not fits("甲\n乙丙丁戊", 3 * EM, 9 * EM, SIZE, 2)


def test_a_sign_that_begins_no_line_may_stand_a_little_over() -> None:
    assert fits("甲乙丙丁·", 4.36 * EM, EM, SIZE, 1)
    assert not fits("甲乙丙丁·", 4.34 * EM, 9 * EM, SIZE, 9)


@pytest.mark.parametrize(
    ("w", "h", "how", "size", "lines"),
    [
        (34.9, 5, {}, 10.5, [NAME]),
        (34.7, 5, {}, 10, [NAME]),
        (30, 5, {}, 9, [NAME]),
        (29.8, 9, {}, 10.5, ["买买提·阿", "卜杜热合曼"]),
        (29, 8.1, {}, 10, ["买买提·阿", "卜杜热合曼"]),
        (29.8, 5, {}, 8.5, [NAME]),
        (28, 5, {}, 8, [NAME]),
        (12, 20, {}, 10, ["买买提·", "阿卜杜", "热合曼"]),
        (17, 5, {}, 6, ["买买提·阿", "卜杜热合曼"]),
        (28, 5, {"size": 8, "least": 8}, 8, [NAME]),
        (20, 14, {"size": 12, "least": 12}, 11.5, ["买买提·", "阿卜杜", "热合曼"]),
        (6, 18, {"size": 9}, 8.5, ["买买", "提·", "阿卜", "杜热", "合曼"]),
    ],
)
def test_a_name_is_as_large_as_may_be_on_as_few_lines_as_the_least_size_allows(
    w: float, h: float, how: dict[str, float], size: float, lines: list[str]
) -> None:
    assert set_in(w, h, NAME, **how) == (size, lines)


def test_a_text_is_set_smaller_rather_than_cut_but_not_below_five_points() -> None:
    signs = 5.0 * MM_PER_POINT
    assert set_in(4 * signs, signs, "甲乙丙丁") == (5.0, ["甲乙丙丁"])
    with pytest.raises(TooLong, match="甲乙丙丁") as refused:
        fitted(0, 0, 3.9 * signs, signs, "甲乙丙丁")
    assert refused.value.text == "甲乙丙丁"


@pytest.mark.parametrize(
    ("signs", "size", "lines"), [(2, 12, 1), (4, 12, 2), (6, 12, 3), (8, 12, 4), (9, 11, 5)]
)
def test_up_to_four_lines_are_better_than_a_smaller_size(
    signs: int, size: float, lines: int
) -> None:
    wide = 2 * 12 * MM_PER_POINT
    found, broken = set_in(wide, 99, "甲" * signs, size=12, least=11)
    assert (found, len(broken)) == (size, lines)


@pytest.mark.parametrize(("signs", "lines"), [(3, 1), (6, 2), (8, 3)])
def test_a_smaller_size_on_fewer_lines_is_better(signs: int, lines: int) -> None:
    """Three signs to a line at 11.5 points, two at 12."""
    wide = 3 * 11.5 * MM_PER_POINT
    size, broken = set_in(wide, 99, "甲" * signs, size=12, least=11)
    assert (size, len(broken)) == (11.5, lines)


def test_nine_lines_are_the_most() -> None:
    sign = 5.0 * MM_PER_POINT
    size, lines = set_in(sign, 99, "一二三四五六七八九", size=5, least=5)
    assert (size, lines) == (5, [*"一二三四五六七八九"])
    with pytest.raises(TooLong):
        fitted(0, 0, sign, 99, "一二三四五六七八九十", size=5, least=5)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("甲乙丙丁戊己庚辛壬癸", ["甲乙丙丁戊", "己庚辛壬癸"]),
        ("甲乙丙丁戊己庚辛壬癸子丑寅", ["甲乙丙丁戊", "己庚辛壬癸", "子丑寅"]),
        ("甲乙丙丁\n戊己庚辛壬癸子丑", ["甲乙丙丁", "戊己庚辛壬癸", "子丑"]),
    ],
)
def test_lines_are_about_as_long_as_each_other_unless_the_author_ends_them(
    text: str, lines: list[str]
) -> None:
    how = {"size": SIZE, "least": SIZE}
    assert set_in(6 * EM + 0.1, 5 * EM, text, **how) == (SIZE, lines)
