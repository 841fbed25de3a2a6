"""Tables as text: the encodings and separators that offices write."""

import pytest
from django.utils import translation

from pingyi.documents.workbooks import Limits, read_list
from tests.documents.incoming import Desk

TEXT = "姓名,单位\n王建国,甲村\n李䶮,乙村\n"
ROWS = [["姓名", "单位"], ["王建国", "甲村"], ["李䶮", "乙村"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_in_the_encodings_that_occur(desk: Desk, encoding: str) -> None:
    assert desk.rows(TEXT.encode(encoding)) == ROWS


def test_the_older_encoding_of_chinese_is_read(desk: Desk) -> None:
    assert desk.rows("姓名,单位\n王建国,甲村\n".encode("gbk")) == ROWS[:2]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_columns_are_parted_as_the_heading_parts_them(desk: Desk, separator: str) -> None:
    assert desk.rows(TEXT.replace(",", separator).encode()) == ROWS


@pytest.mark.parametrize(
    ("first", "separator"),
    [("sep=,", ","), ("SEP=;", ";"), ('"sep=,"', ","), ("sep=\t", "\t"), ("sep=|", "|")],
)
def test_a_first_line_that_tells_the_separator_is_no_row(
    desk: Desk, first: str, separator: str
) -> None:
    text = f"{first}\r\n{TEXT.replace(',', separator)}"
    found = read_list(desk.put(text.encode("utf-8-sig")))
    assert [list(found.headings), *(values for _, values in found.rows)] == ROWS
    assert [number for number, _ in found.rows] == [2, 3]


def test_the_separator_is_the_one_used_most(desk: Desk) -> None:
    text = "姓名;备注;单位\n王;一,二;甲\n李;三;乙\n"
    assert desk.rows(text.encode())[1] == ["王", "一,二", "甲"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_machine(desk: Desk, ends: str) -> None:
    assert desk.rows(TEXT.replace("\n", ends).encode()) == ROWS


def test_quoted_texts_hold_separators_quotes_and_line_ends(desk: Desk) -> None:
    text = '姓名,备注\n王,"一,二\n""三"""\n李,四\n'
    found = read_list(desk.put(text.encode()))
    assert found.rows == [(2, ["王", '一,二\n"三"']), (3, ["李", "四"])]


def test_empty_lines_keep_the_numbers_of_the_others(desk: Desk) -> None:
    found = read_list(desk.put("姓名,单位\n\n,\n王,甲\n".encode()))
    assert found.rows == [(4, ["王", "甲"])]
    assert found.title == ""


def test_a_line_of_blanks_is_no_heading(desk: Desk) -> None:
    assert desk.rows("  , \n姓名,单位\n王,甲\n".encode()) == [["姓名", "单位"], ["王", "甲"]]


def test_everything_in_a_text_file_is_a_text(desk: Desk) -> None:
    rows = desk.rows("编码,值,公式\n001,3,=1+1\n".encode())
    assert rows[1] == ["001", "3", "=1+1"]


def test_rows_may_be_longer_or_shorter_than_the_heading(desk: Desk) -> None:
    assert desk.rows("姓名,单位\n王\n李,乙,多出\n".encode()) == [
        ["姓名", "单位"],
        ["王", None],
        ["李", "乙"],
    ]


def test_bytes_of_no_encoding_are_refused_with_the_way_out(desk: Desk) -> None:
    refusal = desk.refused(b"a,b\n\x81\xff,2\n")
    assert refusal.code == "unknown_characters"
    with translation.override("en"):
        assert "Save it as CSV UTF-8" in str(refusal)


def test_a_field_without_an_end_is_damage(desk: Desk) -> None:
    assert desk.refused(f'a,b\n"{"x" * 200_000}'.encode()).code == "damaged"


@pytest.mark.parametrize("content", ["姓名\n王\n李\n", "一句话"], ids=["one column", "words"])
def test_a_text_without_any_separator_is_no_table(desk: Desk, content: str) -> None:
    assert desk.refused(content.encode()).code == "not_a_workbook"


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        ("a,b\n" + "1,2\n" * 10, Limits(rows=10), "too_many_rows"),
        ("a,b,c\n1,2,3\n", Limits(columns=2), "too_many_columns"),
    ],
)
def test_too_much_is_refused_with_its_limit(
    desk: Desk, content: str, limits: Limits, code: str
) -> None:
    refusal = desk.refused(content.encode(), limits)
    assert refusal.code == code
    with translation.override("en"):
        assert f"Sheet CSV has more than {limits.rows if 'rows' in code else 2} " in str(refusal)
    whole = "a,b\n" + "1,2\n" * 9
    assert len(desk.rows(whole.encode(), Limits(rows=10, columns=2))) == 10
