"""Whoever runs the program finds every variable that it reads, in both languages."""

import re
from pathlib import Path

import pytest

import pingyi

ROOT = Path(__file__).parents[2]
# Told by `pingyi serve` to its own children.
INTERNAL = {"PINGYI_ROLE"}


@pytest.mark.parametrize("page", ["settings.md", "settings.zh-CN.md"])
def test_every_setting_is_in_the_manual(page: str) -> None:
    sources = Path(pingyi.__file__).parent.rglob("*.py")
    read = {
        name
        for source in sources
        for name in re.findall(r"PINGYI_[A-Z_]*[A-Z]", source.read_text(encoding="utf-8"))
    }
    assert len(read) > len(INTERNAL)
    told = set(
        re.findall(
            r"`(PINGYI_[A-Z_]+)`", (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
        )
    )
    assert told == read - INTERNAL
