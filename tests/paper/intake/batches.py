"""Batches read by real child processes with a stand-in for the engine."""

from collections.abc import Mapping
from pathlib import Path

from pingyi.paper.omr.batch import Batch, Progress, read_files
from pingyi.paper.omr.layout import Layout, sealed
from tests.paper.intake import stand_in

CELLS = [
    {"item": item, "row": 1, "option": option, "x": 10 * place, "y": 60, "w": 10, "h": 8}
    for place, (item, option) in enumerate(
        [("a", "good"), ("a", "bad"), ("b", "good"), ("b", "bad")]
    )
]


def layout(pages: int = 1) -> Layout:
    """A form of two items with two options each."""
    common = {
        "of": pages, "width": 210, "height": 297, "markers": [], "lines": [],
        "qr": {"x": 175, "y": 7, "w": 19, "h": 19}, "cells": CELLS,
    }  # fmt: skip
    return sealed("annex5", ["good", "bad"], [{**common, "page": n + 1} for n in range(pages)])


def written(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """The files in a folder, as a batch takes them."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [str(folder / name) for name in files]


def read(
    files: list[str], *, workers: int = 2, crops: Path | None = None, pages: int = 1,
    progress: Progress | None = None,
) -> Batch:  # fmt: skip
    """The batch."""
    return read_files(
        files, [layout(pages)], workers=workers, crops=crops, progress=progress,
        command=stand_in.COMMAND,
    )  # fmt: skip


def told(batch: Batch) -> list[tuple[str, int, str, str | None]]:
    """Name, page, status and reason of every page."""
    return [
        (Path(page.file).name, page.page, page.status, page.reason) for page in batch.result.pages
    ]
