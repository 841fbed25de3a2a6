"""A zip that somebody sent gives its files, and never more of one than it may have."""

import zipfile
from io import BytesIO

import pytest

from pingyi.documents.unpacking import MOST_FILES, is_archive, unpacked
from pingyi.documents.xlsx import xlsx
from tests.documents.test_scanned_sheets import SHEET


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


def test_a_workbook_is_no_archive() -> None:
    assert is_archive(zipped(("甲.xlsx", b"1")))
    assert not is_archive(xlsx(SHEET))
    assert not is_archive(zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")))
    assert not is_archive(b"PK\x03\x04 cut off")
    assert not is_archive(b"<html>")


def test_its_files_come_in_their_order_without_litter() -> None:
    old = zipfile.ZipInfo("x.xlsx")
    # As older Windows writes it: GBK, and no word of it.
    old.filename = "乙.xlsx".encode("gb18030").decode("cp437")
    old.orig_filename = old.filename
    content = zipped(
        ("一/甲.xlsx", b"1"), ("一/", b""), ("__MACOSX/甲.xlsx", b""), ("Thumbs.db", b""),
        (old, b"2"),
    )  # fmt: skip
    names = [(each.name, each.content) for each in unpacked(content, 10)]
    assert names[0] == ("一/甲.xlsx", b"1")
    assert names[1][1] == b"2"


def test_no_more_is_unpacked_than_a_file_may_have() -> None:
    (large,) = unpacked(zipped(("0", bytes(50_000_000))), 1000)
    assert large.content == bytes(1001)
    many = zipped(*((f"{n}", b"") for n in range(MOST_FILES + 5)))
    assert len(list(unpacked(many, 1))) == MOST_FILES + 1


@pytest.mark.parametrize("where", [6, 8])
def test_what_is_locked_or_damaged_is_said_to_be(where: int) -> None:
    content = bytearray(zipped(("甲.xlsx", b"1" * 100)))
    central = content.index(b"PK\x01\x02")
    if where == 6:
        # The flag of a password.
        content[where] |= 1
        content[central + 8] |= 1
    else:
        content[40] ^= 0xFF
    (found,) = unpacked(bytes(content), 1000)
    assert found.content is None
