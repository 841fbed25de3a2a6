"""Who mentions a constant: the constants made of it while modules load, and the functions that read
one of them. Looked up in the source, so that nothing has to be loaded for it."""

import ast
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent

Name = tuple[str, str]
"""A module and a name in it."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Reader:
    """A function whose body or default values mention a constant; its lines are those of its body,
    for the others run while its module loads."""

    file: str
    lines: range
    module: str
    place: str  # `function` or `Class.method`
    defaults: str  # code of the function with its default values, where these mention it


@dataclass
class Mentions:
    """What mentions what, in the modules below some folders."""

    statements: dict[Name, ast.stmt] = field(default_factory=dict)
    names: dict[ast.stmt, Name] = field(default_factory=dict)
    made_of: dict[Name, set[Name]] = field(default_factory=dict)  # a constant and those it makes
    readers: dict[Name, list[Reader]] = field(default_factory=dict)
    elsewhere: set[Name] = field(default_factory=set)  # in a class, a decorator, a bare statement
    imported: dict[str, dict[str, Name]] = field(default_factory=dict)

    def derived(self, constant: Name) -> list[Name]:
        """The constants made of it, directly or through others, each after those it is made of."""
        order: dict[Name, None] = {}

        def visit(name: Name) -> None:
            for made in sorted(self.made_of.get(name, ())):
                if made not in order and made != constant:
                    visit(made)
            order[name] = None

        visit(constant)
        return [*reversed(order)][1:]

    def readers_of(self, constant: Name) -> list[Reader]:
        """The functions that mention it or a constant made of it."""
        names = [constant, *self.derived(constant)]
        return [reader for name in names for reader in self.readers.get(name, ())]

    def is_met_while_loading(self, constant: Name) -> bool:
        """Whether it or a constant made of it is mentioned outside of functions and constants."""
        return not self.elsewhere.isdisjoint({constant, *self.derived(constant)})


def mentions(folders: Iterable[Path]) -> Mentions:
    """Reads every module below the folders; the name of a folder begins those of its modules."""
    found, trees = Mentions(), {}
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            parts = (folder.name, *path.relative_to(folder).with_suffix("").parts)
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            trees[module] = path, ast.parse(path.read_text(encoding="utf-8"))
    for module, (_path, tree) in trees.items():
        found.imported[module] = dict(_imports(tree))
        found.statements |= {(module, name): one for name, one in _constants(tree)}
    found.names = {statement: name for name, statement in found.statements.items()}
    for module, (path, tree) in trees.items():
        _note_module(found, module, path, tree)
    return found


def _imports(tree: ast.Module) -> Iterator[tuple[str, Name]]:
    """Names under which a module knows what it took from others, and what they are."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, (node.module, alias.name)


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Statements `X = …` and `X: T = …` of a module, by name."""
    for statement in tree.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)])
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr())
            ):
                yield name, statement


def _note_module(found: Mentions, module: str, path: Path, tree: ast.Module) -> None:
    for statement in tree.body:
        if isinstance(statement, Function):
            _note_function(found, module, path, statement, statement.name)
        elif isinstance(statement, ast.ClassDef):
            _note_class(found, module, path, statement)
        else:
            _note_statement(found, module, statement)


def _note_statement(found: Mentions, module: str, statement: ast.stmt) -> None:
    """What is not written as a constant may be a type, or register something: it is made once."""
    made = found.names.get(statement)
    for name in _named(found, module, getattr(statement, "value", None) or statement):
        if made is None or not made[1].isupper():
            found.elsewhere.add(name)
        elif name != made:
            found.made_of.setdefault(name, set()).add(made)


def _note_class(found: Mentions, module: str, path: Path, statement: ast.ClassDef) -> None:
    for inner in (*statement.decorator_list, *statement.bases, *statement.keywords):
        found.elsewhere.update(_named(found, module, inner))
    for inner in statement.body:
        if isinstance(inner, Function):
            _note_function(found, module, path, inner, f"{statement.name}.{inner.name}")
        else:
            found.elsewhere.update(_named(found, module, inner))


def _note_function(
    found: Mentions, module: str, path: Path, function: Function, place: str
) -> None:
    for decorator in function.decorator_list:
        found.elsewhere.update(_named(found, module, decorator))
    defaults = [one for one in (*function.args.defaults, *function.args.kw_defaults) if one]
    by_default = {name for one in defaults for name in _named(found, module, one)}
    in_body = {name for one in function.body for name in _named(found, module, one)}
    lines = range(function.body[0].lineno, (function.end_lineno or 0) + 1)
    for name in in_body | by_default:
        code = _undecorated(function, place) if name in by_default else ""
        reader = Reader(str(path), lines, module, place, code)
        found.readers.setdefault(name, []).append(reader)


def _undecorated(function: Function, place: str) -> str:
    """The code of a function or, inside its class, of a method."""
    bare = copy(function)
    bare.decorator_list = []
    holder, dot, _method = place.rpartition(".")
    text = ast.unparse(bare)
    return f"class {holder}:\n{indent(text, '    ')}" if dot else text


def _named(found: Mentions, module: str, node: ast.AST) -> Iterator[Name]:
    """The constants that are mentioned in a node: `X`, or `module.X`."""
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name):
                said = _resolved(found, (module, name))
            case ast.Attribute(value=ast.Name(id=base), attr=attr):
                said = _resolved(found, (".".join(found.imported[module].get(base, ())), attr))
            case _:
                continue
        if said in found.statements:
            yield said


def _resolved(found: Mentions, name: Name) -> Name:
    """Where a name is made, through the modules that took it from others."""
    for _step in range(5):
        if name in found.statements or name[1] not in found.imported.get(name[0], ()):
            break
        name = found.imported[name[0]][name[1]]
    return name
