"""Documents set in the embedded faces, and files that come in."""

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pylopdf_fonts_zh_cn
import pytest
import typst

from pingyi.documents import fonts, workbook_child, workbooks
from pingyi.documents.workbooks import Limits
from tests.documents.incoming import Desk


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine without a single font of its own."""
    folder = pylopdf_fonts_zh_cn.serif_path().parent
    only = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    monkeypatch.setattr(fonts, "font_files", lambda: only)
    fonts.stacks.cache_clear()
    yield
    fonts.stacks.cache_clear()


@pytest.fixture
def child_desk(tmp_path: Path) -> Desk:
    """Where files that come in are put and read, by a child process."""
    return Desk(tmp_path)


@pytest.fixture
def desk(child_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The same without a process for each file, which would take half a second."""

    def run_here(_child: str, order: str, answer: IO[bytes], limits: Limits) -> int:
        out = io.TextIOWrapper(answer, encoding="utf-8", write_through=True)
        monkeypatch.setattr("sys.stdin", io.StringIO(order))
        with contextlib.redirect_stdout(out):
            code = workbook_child.main()
        out.detach()
        return code

    monkeypatch.setattr(workbook_child, "limit_myself", lambda _limits: None)
    monkeypatch.setattr(workbooks, "_run_child", run_here)
    return child_desk
