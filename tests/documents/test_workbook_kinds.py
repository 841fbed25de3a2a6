"""What a file is is told by its content, whatever its name says."""

import zipfile
from io import BytesIO

import pytest
from django.utils import translation

from pingyi.documents.docx import docx
from pingyi.documents.workbooks import Limits
from pingyi.documents.xlsx import xlsx
from tests.documents.incoming import (
    MANIFEST,
    ODS_TYPE,
    OLE,
    Desk,
    changed,
    excel,
    opendocument,
    zipped,
)
from tests.documents_samples import ledger

ROWS = [["姓名", "单位"], ["王建国", "甲"]]


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    "content",
    [
        excel({"名单": ROWS}),
        opendocument(ROWS),
        "姓名,单位\n王建国,甲\n".encode(),
    ],
    ids=["xlsx", "ods", "csv"],
)
def test_the_same_table_is_read_from_every_kind(desk: Desk, content: bytes) -> None:
    assert desk.rows(content) == ROWS


def test_a_workbook_of_our_own_is_read_back(desk: Desk) -> None:
    layout = ledger((1, "王建国", "加强管理"), (2, "李", None))
    found = desk.rows(xlsx(layout))
    assert found[0] == ["领导点评工作台账"]
    assert len(found) == 5


@pytest.mark.parametrize(
    ("content", "code", "found"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "not_a_workbook", "a picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 90, "not_a_workbook", "a picture"),
        (b"GIF89a" + b"\0" * 90, "not_a_workbook", "a picture"),
        (b"BM" + b"\0" * 90, "not_a_workbook", "a picture"),
        (b"%PDF-1.7 a,b", "not_a_workbook", "a PDF document"),
        (b"{\\rtf1 a,b}", "not_a_workbook", "a Word document"),
        (b"7z\xbc\xaf'\x1c", "not_a_workbook", "an archive"),
        (b"Rar!\x1a\x07", "not_a_workbook", "an archive"),
        (b"\x1f\x8b\x08\x00", "not_a_workbook", "an archive"),
        (docx(ledger()), "not_a_workbook", "a Word document"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "not_a_workbook", "a presentation"),
        (zipped({"notes.txt": "a,b"}), "not_a_workbook", "an archive"),
        (OLE + b"\0" * 90 + wide("WordDocument"), "not_a_workbook", "a Word document"),
        (OLE + b"\0" * 90 + wide("Something"), "not_a_workbook", "a file of another kind"),
        ("没有表格，只有一句话。".encode(), "not_a_workbook", "a file of another kind"),
        (b"a,b\x00c,d", "not_a_workbook", "a file of another kind"),
        (b"a,b\x81\xff\x00c,d", "not_a_workbook", "a file of another kind"),
        (b"a,b\x07c,d", "not_a_workbook", "a file of another kind"),
        (b"<svg xmlns='x'>a,b</svg>", "not_a_workbook", "a file of another kind"),
        (b"<?xml version='1.0'?><a>1,2</a>", "not_a_workbook", "a file of another kind"),
        (
            opendocument(ROWS, kind="application/vnd.oasis.opendocument.text"),
            "not_a_workbook",
            "a file of another kind",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_workbook_is_called_by_its_name(
    desk: Desk, content: bytes, code: str, found: str
) -> None:
    refusal = desk.refused(content)
    assert refusal.code == code
    with translation.override("en"):
        assert found in str(refusal)


PAGE = "<html><body><table><tr><td>姓名</td><td>单位,部门</td></tr></table></body></html>"
MHT = (
    "From: <Saved by Microsoft Excel>\r\nSubject: \r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\tboundary="a"\r\n\r\n--a\r\n' + PAGE
)


@pytest.mark.parametrize(
    "content",
    [
        PAGE.encode(),
        ("\ufeff\r\n" + PAGE).encode(),
        PAGE.encode("gb18030"),
        PAGE.encode("utf-16"),
        ("<!DOCTYPE html>\n" + PAGE).encode(),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'>" + PAGE).encode(),
        ("<!-- made, by a, program -->\n" + PAGE).encode(),
        b"<TABLE><TR><TD>a,b</TD></TR></TABLE>",
        b"<meta charset=utf-8><style>a,b</style><table></table>",
        MHT.encode(),
        MHT.encode("gb18030"),
        MHT[MHT.index("MIME") :].encode(),
    ],
)
def test_a_web_page_is_called_so_with_the_way_out(desk: Desk, content: bytes) -> None:
    refusal = desk.refused(content)
    assert refusal.problems == [("web_page", {})]
    with translation.override("zh-hans"):
        assert str(refusal).startswith("这是网页，不是工作簿")
        assert "另存为" in str(refusal)


def test_a_workbook_in_xml_of_2003_is_called_so(desk: Desk) -> None:
    text = (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><a>b,c</a></Workbook>'
    )
    assert desk.refused(text.encode()).problems == [("xml_workbook", {})]


def test_parts_named_with_backslashes_are_read(desk: Desk) -> None:
    with zipfile.ZipFile(BytesIO(excel({"名单": [*ROWS, ["李", "#N/A"]]}))) as archive:
        parts = {name.replace("/", "\\"): archive.read(name) for name in archive.namelist()}
    assert any("\\" in name for name in parts)
    assert desk.rows(zipped(parts)) == [*ROWS, ["李", None]]


def test_a_bomb_with_backslashes_is_not_unpacked_either(desk: Desk) -> None:
    parts = {
        "xl\\workbook.xml": "<workbook/>",
        "xl\\worksheets\\sheet1.xml": b" " * 80 * 1024 * 1024,
    }
    assert desk.refused(zipped(parts)).code == "unpacks_too_large"


@pytest.mark.parametrize(
    "content",
    [
        OLE + b"\0" * 90 + wide("EncryptedPackage"),
        opendocument(ROWS, manifest=MANIFEST.replace("/>", "><manifest:encryption-data/></a>", 1)),
    ],
    ids=["xlsx", "ods"],
)
def test_a_password_is_named(desk: Desk, content: bytes) -> None:
    refusal = desk.refused(content)
    assert refusal.code == "encrypted"
    with translation.override("en"):
        assert "Remove the password" in str(refusal)


def test_a_zip_with_a_password_is_named(desk: Desk) -> None:
    content = bytearray(excel({"名单": ROWS}))
    # The flag of encryption in the directory of the archive, at its end.
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    assert desk.refused(bytes(content)).code == "encrypted"


def test_an_empty_file_is_named(desk: Desk) -> None:
    assert desk.refused(b"").code == "empty_file"


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_what_was_cut_on_its_way_is_damaged(desk: Desk, keep: float) -> None:
    content = excel({"名单": ROWS * 40})
    assert desk.refused(content[: int(len(content) * keep)]).code == "damaged"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", "</workbook>", "<"),
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData"),
        ("xl/_rels/workbook.xml.rels", "</Relationships>", "<"),
    ],
)
def test_broken_parts_are_damage(desk: Desk, part: str, old: str, new: str) -> None:
    assert desk.refused(changed(excel({"名单": ROWS}), part, old, new)).code == "damaged"


def test_a_missing_part_is_damage(desk: Desk) -> None:
    assert desk.refused(zipped({"xl/workbook.xml": "<workbook/>"})).code == "damaged"


def test_a_sheet_without_a_cell_holds_nothing(desk: Desk) -> None:
    refusal = desk.refused(excel({"空": [], "也空": []}))
    assert refusal.code == "nothing_in_it"


def test_empty_sheets_before_the_table_are_passed_over(desk: Desk) -> None:
    assert desk.rows(excel({"空": [], "名单": ROWS})) == ROWS


def bomb(size: int) -> bytes:
    """A workbook that unpacks to spaces."""
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * size})


def test_a_bomb_is_refused_before_it_is_unpacked(desk: Desk) -> None:
    refusal = desk.refused(bomb(80 * 1024 * 1024))
    assert refusal.code == "unpacks_too_large"
    with translation.override("en"):
        assert "80 MB" in str(refusal)


def test_a_small_part_may_pack_well(desk: Desk) -> None:
    """A megabyte of one letter is no bomb: a sheet of empty rows looks like it."""
    many = excel({"名单": [*ROWS, ["长" * 30_000, "乙"]]})
    assert len(desk.rows(many)) == 3
    assert desk.refused(many, Limits(unpacked_bytes=1000)).code == "unpacks_too_large"


def test_an_archive_inside_out_is_damage_and_no_crash(desk: Desk) -> None:
    whole = excel({"名单": ROWS})
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    spoilt = bytearray(whole)
    spoilt[start + 60 : start + 120] = b"\xff" * 60
    assert desk.refused(bytes(spoilt)).code == "damaged"


def test_the_type_of_a_spreadsheet_stands_in_its_mimetype(desk: Desk) -> None:
    assert "spreadsheet" in ODS_TYPE
    assert desk.rows(opendocument(ROWS, kind=f"{ODS_TYPE}-template")) == ROWS
