"""Bar 5: whatever comes in, a clear message, nothing written, the process alive."""

import re
import zipfile
from io import BytesIO

import pytest
from django.utils.translation import override

from pingyi.documents.workbooks import Limits, UnreadableWorkbook, read_tables
from pingyi.organizations.models import Organization, Person
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.messages import issue_lines
from tests.cast import identity_number
from tests.rosters.conftest import Door
from tests.rosters.workbook import HEADINGS, small_roster, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def codes(made: RosterImport) -> list[str]:
    assert made.state == ImportState.REFUSED
    assert not made.changes.exists()
    assert not Organization.objects.exists()
    assert not Person.objects.exists()
    with override("en"):
        assert all(len(line.sentence) > 20 for line in issue_lines(made.errors))
    return [error["code"] for error in made.errors]


def with_cell(reference: str, value: str) -> bytes:
    """The small roster with one more cell in the sheet of members."""
    source = zipfile.ZipFile(BytesIO(workbook(small_roster())))
    row = re.sub(r"[A-Z]", "", reference)
    cell = f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c></row>'
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet2.xml":
                content = content.replace(b"</sheetData>", cell.encode() + b"</sheetData>")
            archive.writestr(name, content)
    return target.getvalue()


def test_a_stray_cell_in_the_last_corner_is_named(preview: Door) -> None:
    made = preview(with_cell("XFD1048576", "x"))
    assert codes(made) == ["file.stray_cell"]
    assert made.errors[0]["params"] == {"sheet": "党员", "cell": "XFD1048576"}


def test_a_stray_cell_far_below_is_named(preview: Door) -> None:
    made = preview(with_cell("A900000", "x"))
    assert made.errors[0]["params"] == {"sheet": "党员", "cell": "A900000"}


def test_a_zip_bomb_is_not_unpacked(preview: Door) -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 100 * 1024 * 1024)
    assert codes(preview(bomb.getvalue())) == ["file.unpacks_too_large"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "file.not_a_workbook"),
        (b"%PDF-1.4", "file.not_a_workbook"),
        (b"just some words", "file.not_a_workbook"),
        (b"", "file.empty_file"),
        (b"PK\x03\x04 broken", "file.damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file.encrypted",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "file.not_a_workbook",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "file.damaged"),
    ],
    ids=["png", "pdf", "words", "empty", "zip", "encrypted", "doc", "xls"],
)
def test_what_is_no_workbook_is_told_by_its_content(
    preview: Door, content: bytes, code: str
) -> None:
    assert codes(preview(content)) == [code]


def test_a_truncated_workbook_is_damaged(preview: Door) -> None:
    content = workbook(small_roster())
    assert codes(preview(content[: len(content) // 2])) == ["file.damaged"]


def test_missing_sheets_are_named_with_those_found(preview: Door) -> None:
    headings = {"党组织": HEADINGS["党组织"], "名单": ["姓名"]}
    made = preview(workbook({}, headings))
    assert codes(made) == ["file.sheets_missing"]
    assert made.errors[0]["params"] == {
        "missing": ["党员", "职务", "分工"],
        "found": ["党组织", "名单"],
    }


def test_a_workbook_without_any_of_our_sheets_waits_for_its_columns(preview: Door) -> None:
    made = preview(workbook({"名单": [["王一", "x"]]}, {"名单": ["姓名", "单位"]}))
    assert codes(made) == ["file.sheets_missing"]
    assert made.mapping["headings"] == ["姓名", "单位"]


def test_missing_and_doubled_headings_are_all_named(preview: Door) -> None:
    headings = {
        **HEADINGS,
        "党员": ["姓名", "姓名", "党员类别"],
        "分工": ["姓名"],
    }
    made = preview(workbook({}, headings))
    assert codes(made) == ["file.heading_twice", "file.headings_missing", "file.headings_missing"]


def test_every_wrong_cell_is_named_at_once(preview: Door) -> None:
    file = small_roster()
    file["党组织"][1][2] = "小组"
    file["党组织"][2][5] = "B9"
    file["党组织"].append(["A1", "重复党支部", "党支部", "基层", "农村", "A", None])
    file["党组织"].append(["2000万", "某党支部", "党支部", "基层", "农村", "A", None])
    file["党员"][0][3] = "2000万"
    file["党员"][1][4] = None
    file["党员"][2][1] = 430923197001010012
    file["党员"].append(["王一", identity_number(101), "男", None, "A1", "正式党员", None])
    file["党员"].append(["李二", None, "女", None, "A9", "群众", None])
    file["职务"][0][4] = "没有的类别"
    file["分工"].append(["无此人", None, "A1", None])
    made = preview(file)
    found = {(error["sheet"], error["cell"]): error["code"] for error in made.errors}
    assert found == {
        ("党组织", "C3"): "not_offered",
        ("党组织", "F4"): "parent_unknown",
        ("党组织", "A5"): "code_twice",
        ("党组织", "A6"): "not_a_code",
        ("党员", "D2"): "not_a_date",
        ("党员", "E3"): "required",
        ("党员", "B4"): "identity_as_number",
        ("党员", "B5"): "identity_twice",
        ("党员", "F6"): "not_offered",
        ("党员", "E6"): "organization_unknown",
        ("职务", "E2"): "not_offered",
        ("分工", "A4"): "person_unknown",
    }
    codes(made)
    with override("en"):
        lines = [str(line) for line in issue_lines(made.errors)]
    assert "党员!D2 出生日期: “2000万” is not a date. Write it as 2011-06-30." in lines


def test_circles_in_the_tree_are_shown_whole(preview: Door) -> None:
    file = small_roster()
    file["党组织"][0][5] = "A2"
    file["党组织"].append(["A3", "自己党支部", "党支部", "基层", "农村", "A3", None])
    made = preview(file)
    assert codes(made) == ["circle", "circle"]
    assert {error["params"]["way"] for error in made.errors} == {"A → A2 → A", "A3 → A3"}


def test_namesakes_without_numbers_are_not_guessed(preview: Door) -> None:
    file = small_roster()
    file["党员"].append(["李二", None, "女", None, "A1", "正式党员", None])
    assert "namesakes" in codes(preview(file))


def test_too_little_memory_is_a_refusal_and_not_a_crash(tmp_path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(workbook(small_roster()))
    with pytest.raises(UnreadableWorkbook) as refused:
        read_tables(path, sheets=[], limits=Limits(memory_bytes=1024 * 1024))
    assert refused.value.code == "needs_too_much_memory"


def test_too_little_time_is_a_refusal(tmp_path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(workbook(small_roster()))
    with pytest.raises(UnreadableWorkbook) as refused:
        read_tables(path, sheets=[], limits=Limits(wall_seconds=0))
    assert refused.value.code == "takes_too_long"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=100), "file_too_large"),
        (Limits(rows=2), "too_many_rows"),
        (Limits(unpacked_bytes=100), "unpacks_too_large"),
    ],
)
def test_what_is_too_large_is_refused(tmp_path, limits: Limits, code: str) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(workbook(small_roster()))
    with pytest.raises(UnreadableWorkbook) as refused:
        read_tables(path, sheets=[], limits=limits)
    assert refused.value.code == code
