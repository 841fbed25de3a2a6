"""TIFF as pages: one or many, G4, LZW, JPEG and whatever else Pillow reads."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from pingyi.paper.omr.images import PageImage
from pingyi.paper.omr.intake.limits import PAGES, NotTaken
from pingyi.paper.omr.intake.pictures import opened, page_of


class Tiff:
    """A TIFF; pages that lie behind a break in the chain of directories cannot be known of."""

    def __init__(self, source: Path | bytes) -> None:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            self.pages = sum(1 for _ in directories(file))
        if self.pages == 0:
            raise NotTaken("unreadable_file")
        if self.pages > PAGES:
            raise NotTaken("too_many_pages")
        self._source, self._image = source, opened(source, "TIFF")

    def page(self, number: int) -> PageImage:
        """A page, counted from 1."""
        try:
            self._image.seek(number - 1)
            return page_of(self._image)
        except Exception:
            # After an error Pillow does not find its way; the next page begins with a fresh look.
            self._image = opened(self._source, "TIFF")
            raise


def directories(file: BinaryIO) -> Iterator[int]:
    """Where the directories of a TIFF begin (TIFF 6.0, section 2; BigTIFF), one for each page.

    Ends at the last, at a break, at one that was seen before, and soon after the limit of pages.
    """
    head = file.read(16)
    order: Literal["little", "big"] = "little" if head[:2] == b"II" else "big"
    large = int.from_bytes(head[2:4], order) == 43
    size, entry, counter = (8, 20, 8) if large else (4, 12, 2)
    at = int.from_bytes(head[8:16] if large else head[4:8], order)
    seen: set[int] = set()
    while at and at not in seen and len(seen) <= PAGES:
        file.seek(at)
        number = file.read(counter)
        if len(number) < counter:
            return
        seen.add(at)
        yield at
        following = at + counter + entry * int.from_bytes(number, order)
        if following > 1 << 40:
            return
        file.seek(following)
        at = int.from_bytes(file.read(size), order)
