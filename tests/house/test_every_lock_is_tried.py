"""Each lock on rows has a race of two connections that it holds apart (tests/at_once.py)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASKED = ".select_for_update("
SHARED = "hold("


def files_with(words: str, folder: str) -> dict[Path, str]:
    """The files of a folder that hold these words."""
    found = {file: file.read_text(encoding="utf-8") for file in (ROOT / folder).rglob("*.py")}
    return {file: text for file, text in found.items() if words in text}


def functions(files: dict[Path, str]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of these files, with its name as in `file.function`."""
    for file, text in files.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                yield f"{file.stem}.{node.name}", node


def calls(node: ast.AST, name: str) -> list[ast.Call]:
    """Calls of a function or method of that name."""
    found = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
    return [
        call
        for call in found
        if name in (getattr(call.func, "attr", None), getattr(call.func, "id", None))
    ]


LOCKING = files_with(ASKED, "src")
LOCKS = {
    name: found
    for name, function in functions(LOCKING)
    if (found := calls(function, "select_for_update"))
}
HOLDING = files_with(SHARED, "src")
HOLDS = {name: found for name, function in functions(HOLDING) if (found := calls(function, "hold"))}

# Of names, not of rows.
NAMED_LOCKS = {
    name
    for name, function in functions(files_with("k_name(", "src") | files_with("d_name(", "src"))
    if calls(function, "lock_name") or calls(function, "hold_name")
}


def test_every_lock_has_a_race_and_every_race_its_lock() -> None:
    tried = {
        ast.literal_eval(name)
        for _, function in functions(files_with(".mark.lock(", "tests"))
        for decorator in function.decorator_list
        for mark in calls(decorator, "lock")
        for name in mark.args
    }
    assert tried == set(LOCKS) | set(HOLDS) | NAMED_LOCKS


def test_no_two_locks_go_by_one_name() -> None:
    # One of them is where it is made.
    asked = sum(len(re.findall(r"\bhold\(", text)) for text in HOLDING.values())
    assert sum(map(len, HOLDS.values())) == asked - 1
    written = sum(text.count(ASKED) for text in LOCKING.values())
    assert sum(map(len, LOCKS.values())) == written


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_what_refers_to_a_locked_row_can_be_committed(name: str) -> None:
    """Foreign keys are checked when a transaction ends. A lock on the whole row would make that
    wait, perhaps for somebody who waits for this very transaction.
    """
    assert all("no_key" in [word.arg for word in call.keywords] for call in LOCKS[name])
