"""Documents are set in the embedded faces where a test asks for it."""

from collections.abc import Iterator

import pylopdf_fonts_zh_cn
import pytest
import typst

from pingyi.documents import fonts


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
