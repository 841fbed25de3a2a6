"""What a row of 党员 says twice is compared to the day; a doubt names its cell and both sides."""

from typing import Any

import pytest

from pingyi.organizations.rules.identity import check_digit
from pingyi.rosters.rules.issues import Issue
from tests.rosters.test_planning import read


def number(born: str, serial: int) -> str:
    first = f"000000{born}{serial:03d}"
    return first + check_digit(first)


HE, SHE = number("19700101", 101), number("19700101", 102)


def doubts(
    identity: str | None = None, gender: str | None = None, born: str | None = None,
    since: str | None = None,
) -> list[Issue]:  # fmt: skip
    found = read({"党员": [["孙五", identity, gender, born, "A1", "正式党员", since]]})
    assert found.errors == []
    return found.notes


def doubt(code: str, cell: str, label: str, said: str, other: str) -> Issue:
    params: dict[str, Any] = {"count": 1, "examples": [(cell, said, other)]}
    return Issue(code, "党员", cell, label, said, params)


@pytest.mark.parametrize(
    ("identity", "gender", "other"),
    [(HE, "男", None), (SHE, "女", None), (HE, "女", "男"), (SHE, "男", "女")],
)
def test_the_sex_is_compared_with_the_number(identity: str, gender: str, other: str | None) -> None:
    expected = [doubt("sex_not_as_number", "C2", "性别", gender, other)] if other else []
    assert doubts(identity, gender) == expected


@pytest.mark.parametrize(("born", "agrees"), [("1970-01-01", True), ("1970-01-02", False)])
def test_the_birthday_is_compared_with_the_number(born: str, agrees: bool) -> None:
    expected = doubt("birth_not_as_number", "D2", "出生日期", born, "1970-01-01")
    assert doubts(HE, None, born) == ([] if agrees else [expected])


@pytest.mark.parametrize(
    ("identity", "born", "since", "early"),
    [
        (None, "1990-05-02", "2008-05-01", True),
        (None, "1990-05-02", "2008-05-02", False),
        (HE, None, "1987-12-31", True),
        (HE, None, "1988-01-01", False),
        (None, "1992-02-29", "2010-02-28", True),
        (None, "1992-02-29", "2010-03-01", False),
        (None, None, "1900-01-01", False),
        (None, "1990-05-02", None, False),
    ],
)
def test_who_joined_before_the_eighteenth_birthday_is_pointed_out(
    identity: str | None, born: str | None, since: str | None, early: bool
) -> None:
    expected = doubt("joined_under_age", "G2", "入党日期", str(since), str(since))
    assert doubts(identity, None, born, since) == [expected] * early


def test_the_written_birthday_counts_before_that_of_the_number() -> None:
    codes = [note.code for note in doubts(HE, None, "1980-01-01", "1990-01-01")]
    assert codes == ["birth_not_as_number", "joined_under_age"]


def test_a_number_that_is_none_is_shown_by_its_last_four_and_compared_with_nothing() -> None:
    wrong = "000000197013011020"
    assert doubts(wrong, "男", "1970-01-01") == [
        doubt("identity_doubtful", "B2", "身份证号", "…1020", "…1020")
    ]
