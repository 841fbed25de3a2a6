"""Zip files of pictures and PDFs: read in memory, nothing is ever unpacked onto the disk."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pingyi.paper.omr.intake.limits import (
    FILE_BYTES,
    ZIP_BYTES,
    ZIP_HARMLESS_BYTES,
    ZIP_MEMBERS,
    ZIP_RATIO,
    NotTaken,
)

LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db")
"""What systems leave in archives; not worth a word."""
IN_UTF_8, ENCRYPTED = 0x800, 0x1
BROKEN = (
    zipfile.BadZipFile, RuntimeError, EOFError, OSError, zlib.error, NotImplementedError,
    ValueError,
)  # fmt: skip
"""What the library raises over a damaged archive, or one packed in a way it does not know."""


class Archive:
    """A zip; `members` are what it holds, each with the reason why it is not taken, if any."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN as error:
            raise NotTaken("unreadable_file") from error
        named = [(name_of(info), info) for info in self._zip.infolist()]
        self._infos = [(name, info) for name, info in named if not _is_litter(name, info)]
        if not self._infos:
            raise NotTaken("not_an_image")
        if len(self._infos) > ZIP_MEMBERS:
            raise NotTaken("too_many_pages")
        if sum(info.file_size for _, info in self._infos) > ZIP_BYTES:
            raise NotTaken("too_large")
        # Of two members with one name the first is meant: the second is not taken.
        self._first = dict(reversed(self._infos))

    def members(self) -> Iterator[tuple[str, NotTaken | None]]:
        """Names in their order; a name that comes again or leads outside is not taken."""
        for name, info in self._infos:
            yield name, self._why_not(name, info)

    def content(self, name: str) -> bytes:
        """The bytes of a member, in memory."""
        size = self._first[name].file_size
        content = self.beginning(name, size + 1)
        if len(content) != size:
            raise NotTaken("unreadable_file")
        return content

    def beginning(self, name: str, number: int) -> bytes:
        """The first bytes of a member."""
        try:
            with self._zip.open(self._first[name]) as file:
                return file.read(number)
        except BROKEN as error:
            raise NotTaken("unreadable_file") from error

    def _why_not(self, name: str, info: zipfile.ZipInfo) -> NotTaken | None:
        if not _is_safe(name, info) or self._first[name] is not info:
            return NotTaken("unsafe_archive")
        if info.flag_bits & ENCRYPTED:
            return NotTaken("encrypted_file")
        if info.file_size > FILE_BYTES:
            return NotTaken("too_large")
        grows = info.file_size > ZIP_RATIO * max(info.compress_size, 1)
        if grows and info.file_size > ZIP_HARMLESS_BYTES:
            return NotTaken("unsafe_archive")
        return None


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name. Older Windows writes it in GBK and does not say so."""
    if info.flag_bits & IN_UTF_8:
        return info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.orig_filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.orig_filename


def _is_litter(name: str, info: zipfile.ZipInfo) -> bool:
    return info.is_dir() or name.startswith(LITTER[0]) or PurePosixPath(name).name in LITTER[1:]


def _is_safe(name: str, info: zipfile.ZipInfo) -> bool:
    """A plain file somewhere below the archive's own top."""
    path = PurePosixPath(name)
    is_link = (info.external_attr >> 16) & 0o170000 == 0o120000
    drive = len(name) > 1 and name[1] == ":"
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name
                or drive or is_link)  # fmt: skip
