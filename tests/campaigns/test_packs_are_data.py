"""Grades, sectors, categories and names of campaigns stand in packs, never in code (N3, N19)."""

from pathlib import Path

import pytest

import pingyi
from pingyi.campaigns.queries.packs import known_pack

PACKAGE = Path(pingyi.__file__).parent
SHIPPED = sorted(path.parent.name for path in PACKAGE.glob("campaigns/packs/*/pack.toml"))
# The demo invents texts of people, who may well say that they are 满意.
SOURCES = [
    path
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html")])
    if path.relative_to(PACKAGE).parts[0] != "demo" and "migrations" not in path.parts
]


def words_of(pack) -> set[str]:
    words = {pack.name, pack.document.number, pack.document.title}
    forms = pack.appraisal.forms if pack.appraisal else []
    for form in forms:
        words.add(form.title)
        words |= {item.label for item in form.items}
        words |= {option.label for option in form.options}
        words |= {f'"{option.code}"' for option in form.options}
    for table in pack.tables:
        words.add(table.title)
        words |= {column.label for block in table.blocks for column in block.columns}
    return {word for word in words if len(word) > 1}


@pytest.mark.parametrize("code", SHIPPED)
def test_no_word_of_a_pack_appears_in_code(code):
    words = words_of(known_pack(code).pack)
    assert len(words) > 10
    found = [
        f"{path.relative_to(PACKAGE)}: {word}"
        for path in SOURCES
        for text in [path.read_text(encoding="utf-8")]
        for word in sorted(words)
        if word in text
    ]
    assert found == []
