"""The parts of a backup, each written piece by piece: the rows of one moment, then files."""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pingyi.core.filling import last_key
from pingyi.core.snapshots import snapshot
from pingyi.keeping.queries import tables
from pingyi.keeping.queries.copies import BLOCK
from pingyi.keeping.queries.places import RESTORING
from pingyi.keeping.rules.manifest import FILES, PACKS, Manifest, Part, is_inside, rows_part
from pingyi.ledger.queries import root

LINES = 500
# How far it is, of how much.
Told = Callable[[int, int], None]
encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_parts(archive: zipfile.ZipFile, now: datetime, told: Told) -> Manifest:
    """All tables as they stand at one moment, then the files, of which each is there before the row
    that names it.
    """
    parts, found = [], tables.tables_here()
    with snapshot():
        total, done = sum(map(tables.count, found)), 0
        for table in found:
            lines = _told_of(_lines(table), partial(_tell, told, done, 2 * total))
            parts.append(_part(archive, rows_part(table.name), lines, table.columns))
            done += parts[-1].rows
        ledger, last_keys = root(), {each.name: last_key(each.name, each.key) for each in found}
        migrations = MigrationRecorder(connection).applied_migrations()
    parts += _files(archive, FILES, Path(settings.MEDIA_ROOT))
    # The first folder is that of the program itself.
    for place in settings.PACK_DIRS[1:]:
        parts += _files(archive, PACKS, Path(place))
    return Manifest(
        program=version("pingyi"),
        made_at=now,
        vendor=connection.vendor,
        migrations=tuple(sorted(migrations)),
        ledger_size=ledger.size,
        ledger_root=ledger.root_hash,
        last_keys={name: key for name, key in last_keys.items() if key is not None},
        parts=tuple(parts),
    )


def _lines(table: tables.Table) -> Iterator[bytes]:
    """Some hundred rows at a time, a row a line."""
    rows = tables.stored_rows(table)
    while some := list(islice(rows, LINES)):
        yield "".join(f"{encoded(row)}\n" for row in some).encode()


def _tell(told: Told, before: int, total: int, rows: int) -> None:
    told(before + rows, total)


def _told_of(blocks: Iterable[bytes], told: Callable[[int], None]) -> Iterator[bytes]:
    rows = 0
    for block in blocks:
        rows += block.count(b"\n")
        told(rows)
        yield block


def _files(archive: zipfile.ZipFile, folder: str, place: Path) -> Iterator[Part]:
    """Every file below a folder; one that is removed meanwhile is not in it any more."""
    for path in sorted(place.rglob("*")):
        name = f"{folder}/{path.relative_to(place).as_posix()}"
        if path.name == RESTORING or not path.is_file() or path.is_symlink() or not is_inside(name):
            continue
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue
        with file:
            yield _part(archive, name, iter(partial(file.read, BLOCK), b""))


def _part(
    archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes], columns: tuple[str, ...] = ()
) -> Part:
    digest, size, rows = sha256(), 0, 0
    with archive.open(name, "w", force_zip64=True) as part:
        for block in blocks:
            part.write(block)
            digest.update(block)
            size += len(block)
            rows += block.count(b"\n") if columns else 0
    return Part(name, size, digest.hexdigest(), rows, columns)
