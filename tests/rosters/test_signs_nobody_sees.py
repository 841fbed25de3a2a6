"""What a cell holds beside what people see is taken away, and said."""

from typing import Any

import pytest

from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.signs import seen, unwrapped
from pingyi.rosters.rules.values import is_nothing
from tests.rosters.test_planning import read

NUMBER = "430921197001010028"


def member(identity: Any, **more: Any) -> dict[str, list[list[Any]]]:
    row = {"born": None, "unit": "A1", "standing": "正式党员", "gender": None, **more}
    return {
        "党员": [["孙五", identity, row["gender"], row["born"], row["unit"], row["standing"], None]]
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张三", "张三"),
        ("张\u200b三\u2060", "张三"),
        ("\u202d张三\u202c", "张三"),
        ("葛\U000e0100明", "葛明"),
        ("张\ufe00三", "张三"),
        ("张\u3164三", "张三"),
        ("张\x07三", "张三"),
        ("张 三\n四", "张 三\n四"),
        ("a\x00b", "ab"),
        ("𠮷野", "𠮷野"),
        ("plain text", "plain text"),
    ],
)
def test_signs_that_take_no_room_go_and_blanks_stay(text: str, shown: str) -> None:
    assert seen(text) == shown


@pytest.mark.parametrize(
    "text",
    [f'="{NUMBER}"', f"'{NUMBER}", f"’{NUMBER}", f"`{NUMBER}", f'"{NUMBER}"', f"“{NUMBER}”",
     f"\u200b'{NUMBER}", f' = "{NUMBER}" '.replace(" =", "=")],
)  # fmt: skip
def test_what_tells_a_spreadsheet_to_take_a_text_is_no_part_of_it(text: str) -> None:
    assert unwrapped(text) == NUMBER


@pytest.mark.parametrize("text", ["=石明", "O'Neil", "it''s", '="a"&"b"', "", "'", "=A1", " x "])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert unwrapped(text) == ("" if text == "'" else text)


@pytest.mark.parametrize(
    "text", ["无", " - ", "／", "—", "暂无", "N/A", "None", "－－", "无\u200b"]
)
def test_that_there_is_nothing_is_understood(text: str) -> None:
    assert is_nothing(text)


@pytest.mark.parametrize("text", ["无锡", "", "王无", None, 0, "x"])
def test_anything_else_is_something(text: Any) -> None:
    assert not is_nothing(text)


def test_a_number_is_read_without_what_does_not_belong_to_it_and_said() -> None:
    found = read(member(f"'{NUMBER}\u200b"))
    examples = [("B2", "…0028", "…0028")]
    assert found.errors == []
    assert found.members[0].last4 == "0028"
    assert found.notes[0] == Issue(
        "identity_cleaned", "党员", "B2", "身份证号", "…0028", {"count": 1, "examples": examples}
    )


def test_a_number_of_fifteen_digits_is_said_apart() -> None:
    found = read(member("430921700101001"))
    examples = [("B2", "…1001", "…001X")]
    assert (found.errors, found.members[0].last4) == ([], "001X")
    assert found.notes == [
        Issue(
            "identity_of_15", "党员", "B2", "身份证号", "…1001", {"count": 1, "examples": examples}
        )
    ]


def test_nothing_in_a_column_that_may_stay_empty_is_said() -> None:
    found = read(member("无", born="/", gender="-"))
    assert found.errors == []
    assert [(note.code, note.cell, note.value) for note in found.notes] == [
        ("said_nothing", "B2", "无"),
        ("said_nothing", "C2", "-"),
        ("said_nothing", "D2", "/"),
    ]


def test_nothing_in_a_column_that_is_needed_is_an_error() -> None:
    [error] = read(member(None, unit="无")).errors
    assert (error.code, error.cell, error.value) == ("required", "E2", "无")


def test_codes_words_and_days_lose_them_too() -> None:
    found = read(member(None, born="\u200e1970-01-01", unit="A1\ufeff", standing="正式\u200b党员"))
    assert found.errors == []
    assert (found.members[0].organization, found.members[0].standing) == ("A1", "full")
    assert [note.code for note in found.notes] == ["normalized", "normalized"]
