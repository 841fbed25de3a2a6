"""Several files in one archive, written one by one."""

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from pingyi.documents.xlsx import NO_TIME


@dataclass(frozen=True)
class Bundle:
    """Files by their names; each is made when its turn comes."""

    files: Iterable[tuple[str, bytes]]


def write_bundle(
    bundle: Bundle,
    file: BinaryIO,
    *,
    made_at: datetime | None = None,
    told: Callable[[int], None] = lambda _files: None,
) -> None:
    """Write them as a .zip. `told` is called with the files written so far."""
    moment = (made_at or NO_TIME).astimezone(UTC)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for number, (name, content) in enumerate(bundle.files, start=1):
            # Workbooks are packed already.
            archive.writestr(zipfile.ZipInfo(name, moment.timetuple()[:6]), content)
            told(number)
