"""Each clause of the notice names a page, a command and a test that are really there."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.every_address import ADDRESSES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
# Clause, what the program does, pages, commands, tests.
ROWS = re.findall(r"^\| (N\d+) \| (.+) \| (.+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
# No command does it alone: what is done by people on pages.
NO_COMMAND = "–"


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def is_a_test(name: str) -> bool:
    path, _, function = name.partition("::")
    if not (ROOT / path).is_file():
        return False
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(isinstance(node, functions) and node.name == function for node in ast.walk(tree))


def test_every_clause_has_its_row_once() -> None:
    assert [row[0] for row in ROWS] == [f"N{number}" for number in range(1, 20)]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_what_a_clause_names_is_there(row: tuple[str, ...]) -> None:
    _clause, _what, pages, commands, tests = row
    addresses = {address.name for address in ADDRESSES}
    assert named(pages)
    assert set(named(pages)) <= addresses
    assert named(commands) or commands == NO_COMMAND
    assert [each for each in named(commands) if f"### `{each}`\n" not in COMMANDS] == []
    assert named(tests)
    assert [each for each in named(tests) if not is_a_test(each)] == []


def test_a_test_that_is_not_there_is_noticed() -> None:
    assert is_a_test("tests/house/test_clauses.py::test_every_clause_has_its_row_once")
    assert not is_a_test("tests/house/test_clauses.py::test_nothing")
    assert not is_a_test("tests/house/nothing.py::test_nothing")
