"""The face of a room: what its operations, permissions and queries offer to other rooms.

Inside a room modules import from each other; a face that offered more would hide what is in use.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pingyi"
OPEN_LAYERS = ("operations", "permissions", "queries")
# Rooms that are being divided; their faces follow.
NOT_YET = {"register", "rosters"}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def faces() -> dict[str, Path]:
    """Packages that other rooms may import."""
    found = [
        path for layer in OPEN_LAYERS for path in sorted(SOURCE.glob(f"*/{layer}/__init__.py"))
    ]
    return {
        f"pingyi.{room_of(path)}.{path.parent.name}": path
        for path in found
        if room_of(path) not in NOT_YET
    }


def offered(face: Path) -> set[str]:
    for node in tree(face).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def taken(module: ast.Module, face: str) -> set[str]:
    """The names that a module takes from a face, or from behind it with their whole path."""
    names: set[str] = set()
    called: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            source = node.module or ""
            for alias in node.names:
                if source == face:
                    names.add(alias.name)
                elif source.startswith(f"{face}."):
                    names.add(f"{source}.{alias.name}")
                elif f"{source}.{alias.name}" == face:
                    called.add(alias.asname or alias.name)
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in called:
            names.add(node.attr)
    return names


@pytest.mark.parametrize("face", faces())
def test_a_face_offers_what_other_rooms_take_and_nothing_else(face: str) -> None:
    path = faces()[face]
    others = [each for each in SOURCE.rglob("*.py") if room_of(each) != room_of(path)]
    used = {name for each in others for name in taken(tree(each), face)}
    assert offered(path) == used


def test_names_are_found_however_they_are_taken() -> None:
    module = ast.parse("""
from pingyi.reviews import queries as reviews
from pingyi.reviews.queries import coverage
from pingyi.reviews.queries.texts import lines

reviews.has_reviewed(coverage)
""")
    assert taken(module, "pingyi.reviews.queries") == {
        "coverage",
        "has_reviewed",
        "pingyi.reviews.queries.texts.lines",
    }
