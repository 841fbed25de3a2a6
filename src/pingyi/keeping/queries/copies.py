"""A backup file: opening it, reading its parts, and whether all of it is as it was written."""

import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, NoReturn

from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal
from pingyi.keeping.rules.manifest import (
    FORMAT,
    MANIFEST,
    MARK,
    ROWS,
    Manifest,
    NoManifest,
    Part,
    manifest_of,
    rows_part,
)
from pingyi.ledger.queries import Root, verify_copy

BLOCK = 1024 * 1024
# The name of the first part stands behind thirty bytes (APPNOTE.TXT 4.3.7).
NAME_AT = 30
# The seal is the comment of the file, its last bytes.
SEAL_LENGTH = 64
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup that is open."""

    path: Path
    archive: zipfile.ZipFile
    manifest: Manifest

    def rows(self, part: Part) -> Iterator[list[object]]:
        """The rows of a table, one after the other."""
        with self.archive.open(part.name) as lines:
            for line in lines:
                yield json.loads(line)

    def rows_of(self, table: str) -> Iterator[dict[str, object]]:
        """The rows of a table by their columns; none where the table did not exist yet."""
        for part in self.manifest.of(ROWS):
            if part.name == rows_part(table):
                for row in self.rows(part):
                    yield dict(zip(part.columns, row, strict=True))

    def content(self, part: Part) -> IO[bytes]:
        """What a part holds, to be read piece by piece."""
        return self.archive.open(part.name)


@contextmanager
def opened(path: Path) -> Iterator[Copy]:
    """A backup whose seal is whole. Refuses what is none, was cut or changed, or is too new."""
    try:
        _look_at_the_beginning(path)
        _compare_the_seal(path)
        archive = zipfile.ZipFile(path)
    except OSError as error:
        sentence = _("{path} cannot be read: {error}.")
        told = error.strerror or str(error)
        raise Refusal(sentence.format(path=path, error=told), code="unreadable") from error
    except zipfile.BadZipFile:
        _refuse_as_changed()
    with archive:
        try:
            yield Copy(path, archive, _manifest(archive))
        except (zipfile.BadZipFile, zlib.error):
            _refuse_as_changed()


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.read(MARK).strip() != str(FORMAT).encode():
        sentence = _(
            "The backup was made by a newer version of the program. Install that one first."
        )
        raise Refusal(sentence, code="newer")
    try:
        manifest = manifest_of(archive.read(MANIFEST))
    except (KeyError, NoManifest):
        _refuse_as_changed()
    names = [MARK, MANIFEST, *(part.name for part in manifest.parts)]
    if sorted(archive.namelist()) != sorted(names):
        _refuse_as_changed()
    return manifest


def examine(copy: Copy, told: Told = lambda _rows: None) -> Refusal | None:
    """Every part again: its hash, its size, its rows. Refuses where one is not as it was written;
    gives back what is wrong with the ledger in it, which is not the fault of the copy.
    """
    rows = 0
    for part in copy.manifest.parts:
        if _measured(copy, part) != (part.size, part.sha256, part.rows):
            _refuse_as_changed()
        rows += part.rows
        told(rows)
    manifest = copy.manifest
    noted = Root(manifest.ledger_size, manifest.ledger_root)
    found = verify_copy(copy.rows_of, manifest.vendor, noted=noted)
    if found.is_whole:
        return None
    sentence = _(
        "The ledger in the backup is not whole; “pingyi ledger verify” says what is wrong."
    )
    return Refusal(
        sentence, code="ledger_broken", details=[found.fault.sentence] if found.fault else []
    )


def seal_of(path: Path) -> str:
    """The hash of all bytes of the file before its seal."""
    digest, left = sha256(), path.stat().st_size - SEAL_LENGTH
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(BLOCK, left))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()


def _look_at_the_beginning(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(NAME_AT + len(MARK))
    if not start:
        raise Refusal(_("{path} is empty.").format(path=path), code="empty")
    if start[NAME_AT:] != MARK.encode():
        sentence = _("{path} is no backup of this program.").format(path=path)
        raise Refusal(sentence, code="no_backup")


def _compare_the_seal(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - SEAL_LENGTH))
        noted = file.read()
    if noted != seal_of(path).encode():
        _refuse_as_changed()


def _measured(copy: Copy, part: Part) -> tuple[int, str, int]:
    digest, size, rows = sha256(), 0, 0
    with copy.content(part) as content:
        while block := content.read(BLOCK):
            digest.update(block)
            size += len(block)
            rows += block.count(b"\n") if part.folder == ROWS else 0
    return size, digest.hexdigest(), rows


def _refuse_as_changed() -> NoReturn:
    sentence = _(
        "The backup was cut off or changed: it is not as it was written. Take another one."
    )
    raise Refusal(sentence, code="changed")
