"""What a ledger line is about is said by an enum of its room: `LedgerKind` in enums.py."""

import ast
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from pingyi.ledger.models import Entry

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pingyi"


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def writing_files() -> list[Path]:
    """Files of all rooms above the ledger that write lines."""
    return [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if room_of(path) != "ledger"
        and "pingyi.ledger" in path.read_text(encoding="utf-8")
        and any(
            module.startswith("pingyi.ledger.operations") for module in imported_modules(tree(path))
        )
    ]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_modules(module: ast.Module) -> list[str]:
    return [
        f"{node.module}.{alias.name}"
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]


def wild_kinds(module: ast.Module) -> list[str]:
    """Kinds given to a line that are neither of a LedgerKind nor handed on as one."""
    found = []
    for scope in ast.walk(module):
        if isinstance(scope, ast.FunctionDef):
            arguments = [*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs]
            handed_on = {
                each.arg
                for each in arguments
                if each.annotation and ast.unparse(each.annotation) == "LedgerKind"
            }
            kinds = [kind for node in ast.walk(scope) for kind in kind_of(node)]
            found += [ast.unparse(k) for k in kinds if not is_of_an_enum(k, handed_on)]
    return found


def kind_of(node: ast.AST) -> list[ast.expr]:
    """The kind in `ledger.append(kind=…)`, `Line(…, …)` and the like; nothing in other calls."""
    if not isinstance(node, ast.Call):
        return []
    if ast.unparse(node.func) not in {"append", "ledger.append", "Line", "ledger.Line"}:
        return []
    named = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
    return named or node.args[:1]


def is_of_an_enum(kind: ast.expr, handed_on: set[str]) -> bool:
    match kind:
        case ast.Attribute(value=ast.Name(id="LedgerKind")):
            return True
        case ast.Call(func=ast.Name(id="LedgerKind")):
            return True
        case ast.Name(id=name):
            return name in handed_on
    return False


@pytest.mark.parametrize("path", writing_files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_line_is_of_a_kind_of_its_room(path: Path) -> None:
    assert wild_kinds(tree(path)) == []
    rooms = [
        module.split(".")[1]
        for module in imported_modules(tree(path))
        if module.endswith(".enums.LedgerKind")
    ]
    assert set(rooms) <= {room_of(path), "ledger"}


def test_kinds_that_are_texts_are_seen() -> None:
    source = 'def record(kind: str):\n    ledger.append(kind=kind)\n    Line("account.made", "x")\n'
    assert wild_kinds(ast.parse(source)) == ["kind", "'account.made'"]


def test_a_kind_belongs_to_one_room_and_fits_into_the_ledger() -> None:
    kinds = Counter(
        kind
        for path in SOURCE.glob("*/enums.py")
        for kind in getattr(import_module(f"pingyi.{room_of(path)}.enums"), "LedgerKind", ())
    )
    assert kinds
    assert not [kind for kind, rooms in kinds.items() if rooms > 1]
    assert max(map(len, kinds)) <= Entry._meta.get_field("kind").max_length
