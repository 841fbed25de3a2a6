"""The style sheet holds nothing that the cores of domestic browsers leave out (Chromium 92)."""

import re
from pathlib import Path

import pingyi

SHEET = Path(pingyi.__file__).parent / "ui" / "static" / "ui" / "build" / "app.css"
# Younger than Chromium 92; a declaration or a rule in which one of them stands is left out there.
YOUNG_VALUES = re.compile(
    r"(?<![\w-])(?:oklch|oklab|lab|lch|hwb|color|color-mix|light-dark)(?:\(|%28)|\d(?:[dsl]v[hw]|cq[whib])\b|float:\s*inline-"
)
YOUNG_RULES = re.compile(r"@(?:container|layer|scope|starting-style)\b|[{;}]\s*&")


def rules(sheet: str) -> list[tuple[str, str]]:
    """Selector and body of every rule that holds declarations."""
    return re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)


def test_no_value_and_no_rule_is_younger_than_the_oldest_browser() -> None:
    sheet = SHEET.read_text(encoding="utf-8")
    assert [f"{head} {{{body}" for head, body in rules(sheet) if YOUNG_VALUES.search(body)] == []
    assert YOUNG_RULES.findall(sheet) == []


def test_a_selector_that_is_not_known_takes_no_other_with_it() -> None:
    sheet = SHEET.read_text(encoding="utf-8")
    mixed = [
        head
        for head, _body in rules(sheet)
        if ":has(" in head and not all(":has(" in part for part in head.split(","))
    ]
    assert mixed == []


def test_of_tabler_only_what_is_used_is_in_it() -> None:
    assert SHEET.stat().st_size < 100_000


def test_what_django_draws_without_a_template_has_its_shape() -> None:
    """A choice of one is round and shows what is chosen; no template says `type="radio"`."""
    sheet = SHEET.read_text(encoding="utf-8")
    shapes = [body for head, body in rules(sheet) if "[type=radio]" in head]
    assert any("border-radius" in body for body in shapes)
    assert any("form-check-icon" in body for body in shapes)
