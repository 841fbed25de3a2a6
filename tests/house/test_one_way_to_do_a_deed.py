"""Deeds are done, and refusals shown, by ui.deeds alone: views catch none, templates list none."""

import ast
import re
from pathlib import Path

import pytest

from pingyi.core.refusals import Refusal
from pingyi.documents.workbooks import UnreadableWorkbook
from pingyi.reviews.operations.signs import SignsFound

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pingyi"
VIEWS = sorted(
    path
    for path in SOURCE.rglob("*.py")
    # The ballot box has no deeds of people who sign in, and answers programs as well.
    if ("views" in path.parts or path.name == "views.py") and "ballots" not in path.parts
)
TEMPLATES = [path for path in SOURCE.rglob("templates/**/*.html") if "ui" not in path.parts]
# Loaded above, so that they are among the subclasses.
CARRYING_MORE = (SignsFound, UnreadableWorkbook)


def kinds(of: type[Refusal] = Refusal) -> set[str]:
    """The names by which a refusal can be caught."""
    below = [name for kind in of.__subclasses__() for name in kinds(kind)]
    return {of.__name__, *below, "Exception", "BaseException"}


def caught(handler: ast.ExceptHandler) -> set[str]:
    """The names that it catches; without any it catches everything."""
    if handler.type is None:
        return {"BaseException"}
    names = {part.id for part in ast.walk(handler.type) if isinstance(part, ast.Name)}
    return names | {part.attr for part in ast.walk(handler.type) if isinstance(part, ast.Attribute)}


def said(source: str) -> list[str]:
    """What a view does by itself that is the work of ui.deeds, each with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and caught(node) & kinds():
            found.append(f"{node.lineno}: catches a refusal")
        if isinstance(node, ast.Attribute) and node.attr == "details":
            found.append(f"{node.lineno}: reads the details of a refusal")
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "messages.error":
            found.append(f"{node.lineno}: says what went wrong in a message of its own")
    return found


def test_every_kind_of_refusal_is_known_here() -> None:
    assert {kind.__name__ for kind in CARRYING_MORE} <= kinds()


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_view_shows_a_refusal_by_itself(path: Path) -> None:
    assert said(path.read_text(encoding="utf-8")) == []


def test_no_template_of_a_room_lists_details_by_itself() -> None:
    lists = re.compile(r"{%\s*for [^%]*\.details\b|{{[^}]*\.details\b")
    found = [path for path in TEMPLATES if lists.search(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "fault",
    [
        "try:\n    deed()\nexcept Refusal as refusal:\n    pass",
        "try:\n    deed()\nexcept (ValueError, SignsFound):\n    pass",
        "try:\n    deed()\nexcept refusals.Refusal:\n    pass",
        "try:\n    deed()\nexcept:\n    pass",
        "words = ' '.join(reason.details)",
        "messages.error(request, 'no')",
    ],
)
def test_each_of_these_would_be_found(fault: str) -> None:
    assert len(said(fault)) == 1
