"""`pingyi paper read`: scans and photographs of ballots to marks, and questions for people."""

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal
from pingyi.documents.files import write_whole
from pingyi.paper.management.wrong_use import wrong_use
from pingyi.paper.omr.batch import Batch, read_files
from pingyi.paper.omr.layout import Layout, LayoutRefused, parse_layout
from pingyi.paper.omr.pool import WorkerFailed
from pingyi.paper.omr.result import Result

HELP = "read ticked ballots from PDF, TIFF, PNG, JPEG and zip"
MOST_WORKERS = 64
SOME_REJECTED = 1


def _workers(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= MOST_WORKERS):
        raise ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST_WORKERS}")
    return int(text)


def add_arguments(parser: ArgumentParser) -> None:
    """Layouts, files, and where to write."""
    parser.add_argument(
        "--layout", type=Path, required=True, action="append", metavar="LAYOUT.json",
        help="a layout that ballots were printed with; may be given many times",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, required=True, metavar="RESULT.json", help="what was read"
    )
    parser.add_argument("--crops", type=Path, metavar="DIR", help="pictures of doubtful items")
    parser.add_argument("--stats", type=Path, metavar="FILE", help="CPU seconds by page and stage")
    parser.add_argument(
        "--workers", type=_workers, default=min(os.cpu_count() or 1, MOST_WORKERS), metavar="N",
        help="processes that read (one a core)",
    )  # fmt: skip
    parser.add_argument(
        "files", nargs="+", metavar="FILES",
        help="PDF, TIFF, PNG, JPEG, zip; a folder stands for the files in it",
    )  # fmt: skip


def run(options: dict[str, Any], out: OutputWrapper) -> None:
    """Writes RESULT in any case; exits 1 where a page or file was rejected, 2 on wrong use."""
    layouts = _layouts(options["layout"])
    files = _files(options["files"])
    _check_outputs(options, files)
    progress = _progress if sys.stderr.isatty() else None
    try:
        batch = read_files(
            files, layouts, workers=options["workers"], crops=_folder(options["crops"]),
            progress=progress,
        )  # fmt: skip
    except OSError as error:
        sentence = _("The pictures cannot be written into %(path)s: %(why)s")
        raise wrong_use(
            sentence % {"path": options["crops"], "why": error.strerror or error}
        ) from error
    except WorkerFailed as error:
        raise wrong_use(_("Nothing was read: %(why)s") % {"why": error}) from error
    if progress is not None:
        sys.stderr.write("\n")
    _write(options["out"], (batch.result.model_dump_json(indent=1) + "\n").encode())
    if options["stats"] is not None:
        _write(options["stats"], _stats(batch))
    out.write(_summary(batch.result))
    if any(page.status == "rejected" for page in batch.result.pages):
        sys.exit(SOME_REJECTED)


def _layouts(paths: Sequence[Path]) -> list[Layout]:
    found: dict[str, Layout] = {}
    for path in paths:
        try:
            layout = parse_layout(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, RecursionError, LayoutRefused) as error:
            raise wrong_use(
                _("%(path)s is not a layout: %(why)s") % {"path": path, "why": error}
            ) from error
        if layout.short in found:
            raise wrong_use(_("%(path)s is given twice.") % {"path": path})
        found[layout.short] = layout
    return list(found.values())


def _files(given: Sequence[str]) -> list[str]:
    """The files; a folder stands for the files in it by name, without hidden ones."""
    files: list[str] = []
    for name in given:
        path = Path(name)
        try:
            if not name:
                raise wrong_use(_("The name of a file is empty."))
            if path.is_dir():
                inside = sorted(one for one in path.iterdir() if not one.name.startswith("."))
                files += [str(one) for one in inside if one.is_file()]
            elif path.is_file():
                files.append(name)
            else:
                raise wrong_use(
                    (
                        _("%(path)s is no file.")
                        if path.exists()
                        else _("There is no file %(path)s.")
                    )
                    % {"path": name}
                )
        except (OSError, ValueError) as error:
            raise wrong_use(
                _("%(path)s cannot be opened: %(why)s") % {"path": name, "why": error}
            ) from error
    if not files:
        raise wrong_use(_("There are no files in the folder."))
    return files


def _check_outputs(options: dict[str, Any], files: Sequence[str]) -> None:
    """Hours of reading are not begun for a place that cannot be written, or holds what is read."""
    read = {Path(file).resolve() for file in files} | {one.resolve() for one in options["layout"]}
    for path in (options["out"], options["stats"]):
        if path is None:
            continue
        if path.resolve() in read:
            raise wrong_use(_("%(path)s would be overwritten.") % {"path": path})
        if path.is_dir():
            raise wrong_use(_("%(path)s is a folder.") % {"path": path})
        if path.parent.exists() and not os.access(path.parent, os.W_OK):
            raise wrong_use(_("Nothing can be written into %(path)s.") % {"path": path.parent})


def _folder(path: Path | None) -> Path | None:
    if path is not None:
        path.mkdir(parents=True, exist_ok=True)
    return path


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except Refusal as refusal:
        raise wrong_use(str(refusal)) from refusal


def _progress(done: int, known: int) -> None:
    sys.stderr.write(f"\r{done} / {known}")
    sys.stderr.flush()


def _stats(batch: Batch) -> bytes:
    pages = [
        {"file": file, "page": page, "stages": {name: round(s, 5) for name, s in stages.items()}}
        for file, page, stages in batch.stages
    ]
    return (json.dumps({"pages": pages}, ensure_ascii=False, indent=1) + "\n").encode()


def _summary(result: Result) -> str:
    pages = result.pages
    items = [item for page in pages if page.status == "read" for item in page.items]
    return _(
        "%(pages)s pages: %(read)s read, %(duplicate)s duplicates, %(rejected)s rejected. "
        "%(items)s items, %(doubtful)s of them for a person."
    ) % {
        "pages": len(pages),
        "read": sum(page.status == "read" for page in pages),
        "duplicate": sum(page.status == "duplicate" for page in pages),
        "rejected": sum(page.status == "rejected" for page in pages),
        "items": len(items),
        "doubtful": sum(item.state == "doubtful" for item in items),
    }
