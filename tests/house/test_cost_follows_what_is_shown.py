"""What a page or a deed costs follows what it shows or writes, not what is stored."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pingyi"


def test_subtrees_are_asked_for_in_one_way() -> None:
    """A path told by its beginning is a LIKE that reads every row: `in_subtree`, `under`."""
    likes = re.compile(r"(path|place)__(i?startswith|i?contains|i?regex)\b")
    found = [
        f"{path.relative_to(SOURCE)}: {name[0]}"
        for path in sorted(SOURCE.rglob("*.py"))
        for name in likes.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == ["campaigns/queries/gaps.py: place__icontains"]
