"""Reading single cells: what people vary is understood, what cannot be meant is refused."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import pytest

from pingyi.rosters.rules.values import (
    Month,
    Unreadable,
    agree,
    read_code,
    read_date,
    read_identity,
    read_named,
    read_person_name,
    read_text,
    read_word,
)


@pytest.mark.parametrize(
    "written",
    [
        "2011-06-30",
        "2011/6/30",
        "2011.6.30",
        "20110630",
        20110630,
        "2011年6月30日",
        "二〇一一年六月三十日",
        " ２０１１－０６－３０ ",
        "2011-06-30 00:00:00",
        40724,
        "二○一一年六月三十日",
        "二零一一年六月三十日",
        date(2011, 6, 30),
        "2011/6/30 0:00",
        "2011-06-30T00:00:00",
        "2011-6-30 10:15",
        "2011/6/30 12:00:00 AM",
        "2011-06-30 上午 8:00",
        "2011年6月30日0:00",
        "2011年6月30号",
        "2011年6月30日 星期四",
        "2011 年 6 月 30 日",
        "2011 6 30",
        "2011、6、30",
        "\u200b2011-06-30\ufeff",
        "2011-\u200e06-30",
    ],
)
def test_a_day_is_understood_however_it_is_written(written: object) -> None:
    assert read_date(written) == date(2011, 6, 30)


def test_a_month_stands_for_its_first_day() -> None:
    for written in ("2011.06", "2011年6月", "201106", 201106, "2011 6", "二〇一一年六月"):
        assert read_date(written) == date(2011, 6, 1)


def test_the_hour_is_no_part_of_the_day() -> None:
    assert read_date("1985/3/1 10:00") == date(1985, 3, 1)
    assert read_date("1985/3/15 0:00") == date(1985, 3, 15)
    assert read_date("1985 1 2") == date(1985, 1, 2)


def test_days_are_understood_from_1880_to_2099() -> None:
    assert read_date("1880-01-01") == date(1880, 1, 1)
    assert read_date(7_306) == date(1920, 1, 1)
    assert read_date(73_050) == read_date("2099-12-31") == date(2099, 12, 31)


def test_chinese_months_and_days_up_to_thirty_one() -> None:
    assert read_date("一九四九年十月一日") == date(1949, 10, 1)
    assert read_date("一九九九年十二月三十一日") == date(1999, 12, 31)
    assert read_date("一九九九年十一月二十日") == date(1999, 11, 20)


@pytest.mark.parametrize(
    "written",
    [
        "2000万",
        "2011-02-30",
        "一九九九年十二月十十十日",
        "一九九九年二二月一日",
        "一九九九年二二十月一日",
        "一九九九年十二二月一日",
        "一九九九年十十月一日",
        "一九九九年一月二二十日",
        "明天",
        "30/6/2011",
        "11-6-30",
        "2011-06-30 in",
        3.5,
        True,
        None,
        0,
        7_305,
        73_050 + 1,
        "1700-01-01",
        "2100-01-01",
        99_999_999,
        201113,
    ],
)
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(Unreadable):
        read_date(written)


@pytest.mark.parametrize(
    ("written", "year"),
    [
        (1950, "1950"),
        (1985, "1985"),
        ("1950", "1950"),
        (" １９５０ 年", "1950"),
        (1880, "1880"),
        (2099, "2099"),
        # A cell with the format of a date into which the year was typed.
        (date(1905, 5, 3), "1950"),
        (date(1905, 6, 7), "1985"),
    ],
)
def test_a_year_alone_is_no_day_and_never_one_of_1905(written: object, year: str) -> None:
    with pytest.raises(Unreadable, match=r"^only_a_year$") as refused:
        read_date(written)
    assert refused.value.params == {"year": year}


@pytest.mark.parametrize("written", [1879, 2100, "0850", 65, 3.5])
def test_another_number_is_no_year_and_no_day(written: object) -> None:
    with pytest.raises(Unreadable, match=r"^not_a_date$"):
        read_date(written)


@pytest.mark.parametrize(
    ("written", "read"),
    [(" ＳＦＺ－０１ ", "SFZ-01"), (430923101, "430923101"), ("A—1", "A-1"), ("a 1", "a1")],
)
def test_codes_lose_width_blanks_and_long_dashes(written: object, read: str) -> None:
    assert read_code(written) == read


@pytest.mark.parametrize("written", ["2000万", "甲", "-1", 1.5, True, "A" * 41, date(2011, 1, 1)])
def test_what_is_no_code_is_refused(written: object) -> None:
    with pytest.raises(Unreadable):
        read_code(written)


def test_identity_numbers_are_normalized_and_never_taken_as_figures() -> None:
    assert read_identity(" 43092319700101001ｘ") == "43092319700101001X"
    for written in (
        "4309231970 01010012", "430923\u200b197001010012", "\u202d430923197001010012\u202c",
        "\ufeff430923197001010012", "430923197001010012\u00ad", "430923197001010012\r\n",
        "430923-19700101-0012", "430923197001010012\ufe0f", "430923197001010012\u3164",
    ):  # fmt: skip
        assert read_identity(written) == "430923197001010012"
    for wrong in ("4309", "ABC", 430923197001010012, 4.3e17, True):
        with pytest.raises(Unreadable):
            read_identity(wrong)


@pytest.mark.parametrize("sign", ["×", "Х", "χ", "Ⅹ", "ｘ", "✕"])
def test_what_looks_like_the_x_at_the_end_is_it_where_the_digits_say_so(sign: str) -> None:
    assert read_identity(f"43092119700101001{sign}") == "43092119700101001X"
    if sign not in "Ⅹｘ":
        with pytest.raises(Unreadable, match=r"^identity_sign$"):
            read_identity(f"43092119700101002{sign}")


@pytest.mark.parametrize("written", ["430921700101001", 430921700101001, "430921 700101 001"])
def test_a_number_of_fifteen_digits_gets_its_century_and_check_digit(written: object) -> None:
    assert read_identity(written) == "43092119700101001X"


@pytest.mark.parametrize(
    "written",
    [
        "430921********001x",
        "＊＊＊＊＊＊＊＊＊＊＊＊＊＊001X",
        "…001X",
        "430921XXXXXXXX001X",
    ],
)
def test_of_a_masked_number_the_last_four_are_known(written: str) -> None:
    assert read_identity(written) == "**************001X"


@pytest.mark.parametrize(
    ("written", "sign", "code"),
    [
        ("43092119700101**17", "*", "U+002A"),
        ("43092119700101001？", "?", "U+003F"),
        ("H1234567(8)", "(", "U+0028"),
        ("一二三", "一", "U+4E00"),
    ],
)
def test_a_sign_that_no_number_has_is_named(written: str, sign: str, code: str) -> None:
    with pytest.raises(Unreadable, match=r"^identity_sign$") as refused:
        read_identity(written)
    assert refused.value.params == {"sign": sign, "sign_code": code}


@pytest.mark.parametrize("written", ["4.30921E+17", "4.3E17", 4.3e17, 43092119700101])
def test_a_number_that_was_rounded_is_refused_as_that(written: object) -> None:
    with pytest.raises(Unreadable, match=r"^identity_as_number$"):
        read_identity(written)


def test_names_lose_blanks_and_get_one_kind_of_dot() -> None:
    assert read_person_name("张 三") == "张三"
    assert read_person_name("买买提•吐尔逊") == "买买提·吐尔逊"
    assert read_person_name("Anna  Li") == "Anna Li"
    assert read_person_name("Xaver Li") == "Xaver Li"
    for wrong in ("张3", "三" * 61, 12):
        with pytest.raises(Unreadable):
            read_person_name(wrong)


def test_texts_are_words() -> None:
    assert read_text(" 某村  支部 ") == "某村 支部"
    assert read_text("⽯桥\u200b村（⼀）支部") == "石桥村（一）支部"
    for wrong in ("12.5", "长" * 101, 1.5, datetime(2011, 1, 1)):
        with pytest.raises(Unreadable):
            read_text(wrong)


def test_fixed_words_are_known_in_both_languages() -> None:
    assert read_word("standing", " 正式 党员 ") == read_word("standing", "Full member") == "full"
    with pytest.raises(Unreadable) as refused:
        read_word("gender", "其他")
    assert refused.value.params == {"offered": ["男", "女"]}


def test_names_of_the_register_are_known_by_name_and_code() -> None:
    names = {"农村": "rural", "机关部门": "government"}
    assert read_named(names, "农 村") == read_named(names, "rural") == "rural"
    with pytest.raises(Unreadable):
        read_named(names, "别处")


@pytest.mark.parametrize(
    ("read", "written", "code", "params"),
    [
        (read_text, True, "not_text", {}),
        (read_text, 1.5, "not_text", {}),
        (read_text, "1-2.5", "not_text", {}),
        (read_text, "长" * 101, "too_long", {"limit": 100}),
        (read_person_name, "三" * 61, "too_long", {"limit": 60}),
        (read_person_name, "张3", "not_a_name", {}),
        (read_code, "甲", "not_a_code", {}),
        (read_code, "0431/02", "not_a_code", {}),
        (read_code, "A" * 41, "too_long", {"limit": 40}),
        (read_identity, 430923197001010012, "identity_as_number", {}),
        (read_identity, 4.3e17, "identity_as_number", {}),
        (read_identity, True, "not_text", {}),
        (read_identity, "4309", "not_an_identity", {}),
        (read_date, "明天", "not_a_date", {}),
        (partial(read_word, "gender"), "其他", "not_offered", {"offered": ["男", "女"]}),
        (partial(read_named, {"农村": "rural"}), "别处", "not_offered", {"offered": ["农村"]}),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_is_possible(
    read: Callable[[object], object], written: object, code: str, params: dict[str, object]
) -> None:
    with pytest.raises(Unreadable, match=f"^{code}$") as refused:
        read(written)
    assert (refused.value.code, refused.value.params) == (code, params)


@pytest.mark.parametrize(
    ("read", "longest"),
    [(read_text, "长" * 100), (read_person_name, "三" * 60), (read_code, "A" * 40)],
)
def test_what_is_just_short_enough_is_taken(read: Callable[[object], str], longest: str) -> None:
    assert read(longest) == longest


def test_a_month_that_a_spreadsheet_keeps_as_a_number_is_a_month() -> None:
    assert read_date(1970.06) == Month(1970, 6, 1)
    with pytest.raises(Unreadable):
        read_date(1970.1)


def test_a_month_agrees_with_each_of_its_days_and_with_no_day_at_all() -> None:
    month, day = Month(1970, 6, 1), date(1970, 6, 30)
    found = [agree(month, day), agree(day, day), agree(month, date(1970, 7, 1)), agree(day, None)]
    assert found == [True, True, False, False]
