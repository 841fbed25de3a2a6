"""Zip files are read in memory; a member that is not safe is named and left alone."""

import io
import zipfile
from pathlib import Path

import pytest

from pingyi.paper.omr.intake import archives, files
from pingyi.paper.omr.intake.files import Entry, OpenFile
from pingyi.paper.omr.intake.limits import NotTaken
from tests.paper.intake import makers
from tests.paper.intake.makers import jpeg, page, zipped


def opened(tmp_path: Path, content: bytes) -> OpenFile:
    path = tmp_path / "scans.zip"
    path.write_bytes(content)
    return OpenFile(path)


def only(tmp_path: Path, content: bytes) -> Entry:
    (entry,) = opened(tmp_path, content).entries()
    return entry


def test_members_of_every_kind_come_in_the_order_of_the_archive(tmp_path: Path) -> None:
    members = [
        ("second/z.jpg", jpeg(page())),
        ("a.pdf", makers.scanned_pdf([page(), page(208)])),
        ("fax.tif", makers.tiff([page(), page(), page()], "1", compression="group4")),
        ("notes.txt", b"hello"),
        ("page.png", makers.picture(page(216), "PNG")),
    ]
    file = opened(tmp_path, zipped(members))
    assert file.entries() == [
        Entry("second/z.jpg", 1), Entry("a.pdf", 2), Entry("fax.tif", 3),
        Entry("notes.txt", 1, "not_an_image"), Entry("page.png", 1),
    ]  # fmt: skip
    assert file.page("a.pdf", 2).grey.shape[1] == 208
    assert file.page("page.png", 1).grey.shape[1] == 216
    assert file.page("fax.tif", 3).bilevel


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd.jpg", "../outside.jpg", "a/../../b.jpg", "C:\\scan.jpg", "a\\b.jpg", "D:x.jpg"],
)
def test_a_path_that_leads_outside_is_only_named(tmp_path: Path, name: str) -> None:
    assert only(tmp_path, zipped([(name, jpeg(page()))])) == Entry(name, 1, "unsafe_archive")


def test_a_link_is_only_named(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("link.jpg")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert only(tmp_path, file.getvalue()).reason == "unsafe_archive"


def test_of_two_members_with_one_name_the_first_is_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped([("a.jpg", jpeg(page(208))), ("a.jpg", jpeg(page(216)))])
    file = opened(tmp_path, content)
    assert [entry.reason for entry in file.entries()] == [None, "unsafe_archive"]
    assert file.page("a.jpg", 1).grey.shape[1] == 208


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner = zipped([("a.jpg", jpeg(page()))])
    assert only(tmp_path, zipped([("inner.jpg", inner)])).reason == "unsafe_archive"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_of_older_windows_are_read_as_chinese(tmp_path: Path, encoding: str) -> None:
    stand_in = "x" * len("东村/选票.jpg".encode(encoding))
    content = zipped([(stand_in, jpeg(page()))])
    named = content.replace(stand_in.encode(), "东村/选票.jpg".encode(encoding))
    file = opened(tmp_path, named)
    assert file.entries() == [Entry("东村/选票.jpg", 1)]
    assert file.page("东村/选票.jpg", 1).grey.shape == (300, 200)


def test_what_systems_leave_behind_is_not_worth_a_word(tmp_path: Path) -> None:
    members = [("__MACOSX/._a.jpg", b"x"), ("d/.DS_Store", b"x"), ("a.jpg", jpeg(page()))]
    assert only(tmp_path, zipped(members)) == Entry("a.jpg", 1)


@pytest.mark.parametrize("members", [[], [("folder/", b"")], [("Thumbs.db", b"x")]])
def test_an_archive_with_nothing_in_it_is_named(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    with pytest.raises(NotTaken, match="not_an_image"):
        opened(tmp_path, zipped(members))


def test_a_locked_member_is_named(tmp_path: Path) -> None:
    content = bytearray(zipped([("a.jpg", jpeg(page()))]))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + place] |= 1
    assert only(tmp_path, bytes(content)).reason == "encrypted_file"


def test_a_member_made_to_burst_is_named(tmp_path: Path) -> None:
    bomb = jpeg(page()) + b"\0" * (20 * 1024 * 1024)
    assert only(tmp_path, zipped([("a.jpg", bomb)])).reason == "unsafe_archive"


def test_a_small_member_may_grow_as_it_likes(tmp_path: Path) -> None:
    white = jpeg(page()) + b"\0" * (2 * 1024 * 1024)
    assert only(tmp_path, zipped([("a.jpg", white)])).reason is None


def test_a_damaged_member_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    content = bytearray(zipped([("a.jpg", jpeg(page())), ("b.jpg", jpeg(page(208)))]))
    content[60:70] = b"\xff" * 10
    file = opened(tmp_path, bytes(content))
    with pytest.raises(NotTaken, match="unreadable_file"):
        file.page("a.jpg", 1)
    assert file.page("b.jpg", 1).grey.shape[1] == 208


def test_an_archive_that_is_cut_off_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotTaken, match="unreadable_file"):
        opened(tmp_path, zipped([("a.jpg", jpeg(page()))])[:-30])


def test_members_pages_and_bytes_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = zipped([(f"{n}.tif", makers.endless_tiff(3)) for n in range(4)])
    monkeypatch.setattr(files, "ZIP_PAGES", 7)
    reasons = [entry.reason for entry in opened(tmp_path, content).entries()]
    assert reasons == [None, None, "too_many_pages", "too_many_pages"]
    for name, limit, reason in (
        ("ZIP_MEMBERS", 3, "too_many_pages"), ("ZIP_BYTES", 1000, "too_large"),
    ):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setattr(archives, name, limit)
            with pytest.raises(NotTaken, match=reason):
                opened(tmp_path, content)
    monkeypatch.setattr(archives, "FILE_BYTES", 10)
    assert {entry.reason for entry in opened(tmp_path, content).entries()} == {"too_large"}
