"""One file, whatever it is: what pages it has, and each of them. Kinds are told by content."""

from dataclasses import dataclass
from pathlib import Path

from pingyi.paper.omr.images import PageImage
from pingyi.paper.omr.intake.archives import Archive
from pingyi.paper.omr.intake.limits import (
    DISK_FILE_BYTES,
    FILE_BYTES,
    ZIP_PAGES,
    NotTaken,
)
from pingyi.paper.omr.intake.pdfs import Pdf
from pingyi.paper.omr.intake.pictures import jpeg_page, png_page
from pingyi.paper.omr.intake.tiffs import Tiff
from pingyi.paper.omr.result import FileRejection

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
PDF = b"%PDF-"
HEAD_BYTES = 1024
"""The head of a PDF may stand anywhere in them (ISO 32000, annex H)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file itself (no member), or a member of a zip; with the reason why it is not taken."""

    member: str | None
    pages: int
    reason: FileRejection | None = None


class OpenFile:
    """A file and what it holds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if path.stat().st_size > DISK_FILE_BYTES:
            raise NotTaken("too_large")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        self._archive = Archive(path) if head.startswith(ZIP) else None
        self._parts: dict[str | None, Part] = {}

    def entries(self) -> list[Entry]:
        """What the file holds, in its order; a zip gives no more pages than ZIP_PAGES."""
        if self._archive is None:
            return [Entry(None, self._part(None).pages)]
        found: list[Entry] = []
        pages = 0
        for member, not_taken in self._archive.members():
            try:
                if not_taken is not None:
                    raise not_taken
                entry = Entry(member, self._pages(self._archive, member))
            except NotTaken as error:
                entry = Entry(member, 1, error.reason)
            if pages + entry.pages > ZIP_PAGES:
                entry = Entry(member, 1, "too_many_pages")
            pages += entry.pages
            found.append(entry)
        return found

    def page(self, member: str | None, number: int) -> PageImage:
        """A page, counted from 1; NotTaken where it cannot be had."""
        return self._part(member).page(number)

    def _pages(self, archive: Archive, member: str) -> int:
        """How many pages a member has; a picture is not unpacked for that."""
        if archive.beginning(member, HEAD_BYTES).startswith((JPEG, PNG)):
            return 1
        return self._part(member).pages

    def _part(self, member: str | None) -> "Part":
        if member not in self._parts:
            # Pages come in order, so that one open part at a time is enough.
            self._parts = {}
            self._parts = {member: self._opened(member)}
        return self._parts[member]

    def _opened(self, member: str | None) -> "Part":
        if self._archive is not None and member is not None:
            content = self._archive.content(member)
            if content.startswith(ZIP):
                raise NotTaken("unsafe_archive")
            return part_of(content)
        return part_of(self._path)


class Picture:
    """A file that is one picture."""

    pages = 1

    def __init__(self, content: bytes, *, png: bool) -> None:
        self._content, self._png = content, png

    def page(self, _number: int) -> PageImage:
        """The picture."""
        return (png_page if self._png else jpeg_page)(self._content)


Part = Pdf | Tiff | Picture


def _in_memory(path: Path) -> bytes:
    if path.stat().st_size > FILE_BYTES:
        raise NotTaken("too_large")
    return path.read_bytes()


def part_of(source: Path | bytes) -> Part:
    """A file by its first bytes; NotTaken `not_an_image` for everything else.

    PDF and TIFF files may be large: they stay on the disk, every child reads what it needs.
    """
    if isinstance(source, bytes):
        head = source[:HEAD_BYTES]
    else:
        with source.open("rb") as file:
            head = file.read(HEAD_BYTES)
    if head.startswith((JPEG, PNG)):
        content = source if isinstance(source, bytes) else _in_memory(source)
        return Picture(content, png=head.startswith(PNG))
    if head.startswith(TIFF):
        return Tiff(source)
    if PDF in head:
        return Pdf(source)
    raise NotTaken("not_an_image")
