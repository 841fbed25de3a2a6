"""What holds for every template."""

import re
from pathlib import Path

import pytest
from django.template import engines

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pingyi"
TEMPLATES = {
    str(path.relative_to(folder)): path
    for folder in sorted(SOURCE.glob("*/templates"))
    for path in sorted(folder.rglob("*"))
    if path.is_file()
}
# Looked up by Django itself, by name.
BY_DJANGO = re.compile(r"^(40[0-9]|500|403_csrf)\.html$|/widgets/")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
TEMPLATE_IDS = sorted(TEMPLATES)


def source(name: str) -> str:
    """The template without its comments."""
    return COMMENT.sub("", TEMPLATES[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_it_can_be_parsed(name: str) -> None:
    engines["django"].get_template(name)


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_each_line_of_a_list_says_what_it_is_about(name: str) -> None:
    """On a phone it is a card (ui/assets/cards.js), headed by the cell that heads the line."""
    for table in re.findall(r'<table class="list-table.*?</table>', source(name), re.DOTALL):
        assert 'scope="row"' in table


def test_every_template_is_used_by_a_view_or_another_template() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*SOURCE.rglob("*.py"), *TEMPLATES.values()]
        if "tests" not in path.parts
    )
    unused = [name for name in TEMPLATES if not BY_DJANGO.search(name) and name not in text]
    assert not unused


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_it_has_no_inline_script_or_style(name: str) -> None:
    text = source(name)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text), "inline script"
    assert not re.search(r"<style\b|\sstyle=", text), "inline style"
    assert not re.search(r"\son\w+\s*=\s*[\"']", text), "inline handler"
    assert "javascript:" not in text


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_its_sentences_are_messages(name: str) -> None:
    # A language is offered in its own words.
    text = re.sub(r'<(\w+)[^>]*\slang="zh[^>]*>[^<]*</\1>', "", source(name))
    assert not CHINESE.search(text), "Chinese belongs into the .po file or into a pack"


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_a_form_that_posts_carries_its_token(name: str) -> None:
    if name.startswith("ballots/"):
        return  # Nobody is signed in at a ballot box: a forged form could do nothing of theirs.
    for form in re.findall(r"<form\b.*?</form>", source(name), re.DOTALL):
        if re.search(r"method=[\"']post", form, re.IGNORECASE):
            assert "csrf_token" in form
