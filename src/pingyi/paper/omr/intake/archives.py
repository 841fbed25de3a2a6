"""Zip files of pictures and PDFs: read in memory, nothing is ever unpacked onto the disk."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pingyi.paper.omr.intake.limits import (
    FILE_BYTES,
    ZIP_BYTES,
    ZIP_MEMBERS,
    ZIP_RATIO,
    NotTaken,
)

LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db")
"""What systems leave in archives; not worth a word."""


class Archive:
    """A zip; `members` are what it holds, each with the reason why it is not taken, if any."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise NotTaken("unreadable_file") from error
        self._infos = [one for one in self._zip.infolist() if not _is_litter(one)]
        if len(self._infos) > ZIP_MEMBERS:
            raise NotTaken("too_many_pages")
        if sum(one.file_size for one in self._infos) > ZIP_BYTES:
            raise NotTaken("too_large")

    def members(self) -> Iterator[tuple[str, NotTaken | None]]:
        """Names in their order; a name that comes again or leads outside is not taken."""
        seen: set[str] = set()
        for info in self._infos:
            yield info.filename, self._why_not(info, seen)
            seen.add(info.filename)

    def content(self, name: str) -> bytes:
        """The bytes of a member."""
        info = self._zip.getinfo(name)
        try:
            with self._zip.open(info) as file:
                content = file.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            EOFError,
            zlib.error,
            NotImplementedError,
        ) as error:
            raise NotTaken("unreadable_file") from error
        if len(content) != info.file_size:
            raise NotTaken("unreadable_file")
        return content

    def _why_not(self, info: zipfile.ZipInfo, seen: set[str]) -> NotTaken | None:
        if not _is_safe(info) or info.filename in seen:
            return NotTaken("unsafe_archive")
        if info.flag_bits & 0x1:
            return NotTaken("encrypted_file")
        if info.file_size > FILE_BYTES:
            return NotTaken("too_large")
        if info.file_size > ZIP_RATIO * max(info.compress_size, 1024):
            return NotTaken("unsafe_archive")
        return None


def _is_litter(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    return info.is_dir() or name.startswith(LITTER[0]) or PurePosixPath(name).name in LITTER[1:]


def _is_safe(info: zipfile.ZipInfo) -> bool:
    """A plain file somewhere below the archive's own top."""
    name = info.orig_filename
    path = PurePosixPath(name)
    is_link = (info.external_attr >> 16) & 0o170000 == 0o120000
    drive = len(name) > 1 and name[1] == ":"
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name
                or drive or is_link)  # fmt: skip
