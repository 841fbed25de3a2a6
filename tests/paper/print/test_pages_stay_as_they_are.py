"""Sheets are printed by one version and printed again, and read, by another.

What is drawn and what its layout says was looked at once and is kept in `pages.txt`. Whoever
changes it on purpose looks at the new pages (`pingyi paper print`) and keeps them:
`PINGYI_PAGES=1 .venv/bin/python -m pytest tests/paper/print/test_pages_stay_as_they_are.py`.
"""

import os

from tests.paper.print.drawn import KEPT, told


def test_every_page_is_drawn_and_told_as_it_was() -> None:
    pages = told()
    if os.environ.get("PINGYI_PAGES"):
        KEPT.write_text(pages, encoding="utf-8")
    assert pages.splitlines() == KEPT.read_text(encoding="utf-8").splitlines()
