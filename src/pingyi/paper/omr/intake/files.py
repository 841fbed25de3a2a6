"""One file, whatever it is: what pages it has, and each of them. Kinds are told by content."""

from dataclasses import dataclass
from pathlib import Path

from pingyi.paper.omr.images import PageImage
from pingyi.paper.omr.intake.archives import Archive
from pingyi.paper.omr.intake.limits import FILE_BYTES, NotTaken
from pingyi.paper.omr.intake.pdfs import Pdf
from pingyi.paper.omr.intake.pictures import Tiff, jpeg_page, png_page
from pingyi.paper.omr.result import FileRejection

TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file itself (no member), or a member of a zip; with the reason why it is not taken."""

    member: str | None
    pages: int
    reason: FileRejection | None = None


class OpenFile:
    """A file and what it holds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.stat().st_size > FILE_BYTES:
            raise NotTaken("too_large")
        with path.open("rb") as file:
            head = file.read(1024)
        self._archive = Archive(path) if head.startswith(ZIP) else None
        self._parts: dict[str | None, Part] = {}

    def entries(self) -> list[Entry]:
        """What the file holds, in its order."""
        if self._archive is None:
            return [Entry(None, self._part(None).pages)]
        found = []
        for member, not_taken in self._archive.members():
            try:
                if not_taken is not None:
                    raise not_taken
                found.append(Entry(member, self._part(member).pages))
            except NotTaken as error:
                found.append(Entry(member, 1, error.reason))
        return found

    def page(self, member: str | None, number: int) -> PageImage:
        """A page, counted from 1; NotTaken where it cannot be had."""
        return self._part(member).page(number)

    def _part(self, member: str | None) -> "Part":
        if member not in self._parts:
            # Pages come in order, so that one open part at a time is enough.
            self._parts = {member: self._opened(member)}
        return self._parts[member]

    def _opened(self, member: str | None) -> "Part":
        if self._archive is not None and member is not None:
            return part_of(self._archive.content(member))
        with self.path.open("rb") as file:
            if b"%PDF" in file.read(1024):
                return Pdf(self.path)
            file.seek(0)
            return part_of(file.read())


class Picture:
    """A file that is one picture."""

    pages = 1

    def __init__(self, content: bytes, *, png: bool) -> None:
        self._content, self._png = content, png

    def page(self, _number: int) -> PageImage:
        """The picture."""
        return (png_page if self._png else jpeg_page)(self._content)


Part = Pdf | Tiff | Picture


def part_of(content: bytes) -> Part:
    """A file by its first bytes; NotTaken `not_an_image` for everything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return Picture(content, png=False)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture(content, png=True)
    if content.startswith(TIFF):
        return Tiff(content)
    if b"%PDF" in content[:1024]:
        return Pdf(content)
    raise NotTaken("not_an_image")
