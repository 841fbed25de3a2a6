"""A campaign is data: its words, grades and categories stand in packs, never in code or in the
sentences of pingyi (N13, N19).
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

import pingyi
from pingyi.campaigns.queries.packs import known_packs
from pingyi.campaigns.rules.pack import Pack

SOURCE = Path(pingyi.__file__).parent
CHINESE = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# What the register knows of itself, whatever campaign is held over it.
OF_THE_REGISTER = {"党员", "领导班子成员"}
# The demo is a campaign with texts of its own.
A_CAMPAIGN = SOURCE / "demo"


def words_of(pack: Pack) -> Iterator[str]:
    """What this campaign calls its work, stages, strata, items, grades and rates."""
    plans: list[Any] = [plan for plan in (pack.review, pack.appraisal) if plan is not None]
    for plan in plans:
        yield plan.name
        for part in ("forms", "themes", "scopes", "ways", "stages", "strata", "rates"):
            for each in getattr(plan, part, ()):
                yield getattr(each, "label", "")
                for inner in (*getattr(each, "items", ()), *getattr(each, "options", ())):
                    yield inner.label


@pytest.fixture(scope="module")
def words() -> set[str]:
    found = {word for info in known_packs() if info.pack for word in words_of(info.pack)}
    return {word for word in found if len(word) > 1} - OF_THE_REGISTER


def texts(path: Path) -> Iterator[str]:
    """The texts of a file that people can come to read; what explains the code is none."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield source
        return
    tree = ast.parse(source)
    # A docstring is a statement that is nothing but a text.
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in explained:
            yield str(node.value)


def test_there_are_words_to_look_for(words: set[str]) -> None:
    assert words >= {"群众评议", "民主测评", "满意", "称职", "征求意见", "群众代表"}


def test_no_code_or_page_has_a_word_of_a_campaign(words: set[str]) -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {word}"
        for kind in ("*.py", "*.html", "*.txt")
        for path in sorted(SOURCE.rglob(kind))
        if A_CAMPAIGN not in path.parents
        for text in texts(path)
        for word in words
        if word in text
    ]
    assert found == []


def test_no_sentence_of_pingyi_has_a_word_of_a_campaign(words: set[str]) -> None:
    with CHINESE.open("rb") as file:
        catalogue = read_po(file)
    found = [
        f"{message.id}: {word}"
        for message in catalogue
        if message.id and any("/demo/" not in place for place, _line in message.locations)
        for word in words
        if word in str(message.string)
    ]
    assert found == []
