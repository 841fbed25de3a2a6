"""The files in a zip that somebody sent: read in memory, nothing is unpacked onto the disk.

No more of a file is unpacked than it may have, whatever the archive says of itself.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

MOST_FILES = 600
IN_UTF_8, ENCRYPTED = 0x800, 0x1
# What systems leave in archives; not worth a word.
LITTER = ("__MACOSX/",)
HIDDEN = (".DS_Store", "Thumbs.db", "desktop.ini")
# What workbooks, which are zips themselves, hold at their top.
PARTS_OF_WORKBOOKS = {"[Content_Types].xml", "mimetype"}
BROKEN = (
    zipfile.BadZipFile, RuntimeError, EOFError, OSError, zlib.error, NotImplementedError,
    ValueError,
)  # fmt: skip
"""What the library raises over a damaged archive, or one packed in a way it does not know."""


@dataclass(frozen=True)
class Unpacked:
    """A file of an archive; without content where it cannot be read. One that is too large comes
    with a byte more than it may have.
    """

    name: str
    content: bytes | None


def is_archive(content: bytes) -> bool:
    """Whether a file is a zip of files, and no workbook."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return not PARTS_OF_WORKBOOKS & set(archive.namelist())
    except BROKEN:
        return False


def unpacked(content: bytes, most_bytes: int) -> Iterator[Unpacked]:
    """Each file of the archive, up to so many bytes, one file more than MOST_FILES at most."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        infos = [info for info in archive.infolist() if _is_meant(info)]
        for info in infos[: MOST_FILES + 1]:
            yield Unpacked(name_of(info), _content(archive, info, most_bytes))


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | None:
    if info.flag_bits & ENCRYPTED:
        return None
    try:
        with archive.open(info) as file:
            return file.read(most + 1)
    except BROKEN:
        return None


def _is_meant(info: zipfile.ZipInfo) -> bool:
    name = name_of(info)
    return not (info.is_dir() or name.startswith(LITTER) or PurePosixPath(name).name in HIDDEN)


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
