"""Makes the mutants of a file: one small fault each, by mutmut's operators and two of our own."""

import difflib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_string

# A sentence for people is not what a rule decides: neither it nor the figures set into it change.
SENTENCES = {"_", "gettext", "ngettext", "pgettext", "gettext_lazy", "ngettext_lazy"}
# Calls whose arguments are for the reader, the type checker or Python.
LEFT_AS_CALLED = {"len", "isinstance", "cast"}
ERRORS = {"ValueError", "TypeError", "KeyError", "LookupError", "RuntimeError", "AssertionError"}
SPEAKING = {"__str__", "__repr__"}
OF_TYPES = {"NewType", "TypeVar", "ParamSpec"}

Position = dict[cst.CSTNode, CodeRange]


@dataclass(frozen=True)
class Mutant:
    """One fault: where, the lines before and after, and the source that brings it about."""

    file: str  # below src/pingyi
    place: str  # `function`, `Class.method` or the name of a constant
    diff: str
    code: str
    lines: range  # of the planted fault
    span: range  # of the whole function or constant
    again: int  # counts equal changes in one place

    @property
    def is_constant(self) -> bool:
        return not self.code.lstrip().startswith(("def ", "class "))

    @property
    def key(self) -> str:
        """Stays the same while the changed lines do, wherever in the file they stand."""
        said = f"{self.file}\n{self.place}\n{self.diff}\n{self.again}"
        return hashlib.sha256(said.encode()).hexdigest()[:8]


def mutants(path: Path, root: Path) -> list[Mutant]:
    """All mutants of a source file; `root` is what its name is told from."""
    wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")))
    where: Position = wrapper.resolve(PositionProvider)  # type: ignore[assignment]  never lazy
    made: dict[tuple[str, str], Mutant] = {}
    counts: dict[tuple[str, str], int] = {}
    for place, holder, statement in statements(wrapper.module):
        original = source(statement)
        for node, changed in faults(statement):
            mutated = statement.deep_replace(node, changed)
            text = source(mutated)  # type: ignore[arg-type]  a statement stays one
            if text == original or (place, text) in made:
                continue
            diff = changes(original, text)
            again = counts[place, diff] = counts.get((place, diff), 0) + 1
            name = path.relative_to(root).as_posix()
            code = f"class {holder}:\n" + indented(text) if holder else text
            span = lines(where[statement])
            made[place, text] = Mutant(
                name, place, diff, code, lines(where.get(node)) or span, span, again
            )
    return list(made.values())


def statements(module: cst.Module) -> Iterator[tuple[str, str, cst.CSTNode]]:
    """What is tried: functions, methods and constants, by name, with the class of a method."""
    for statement in module.body:
        if isinstance(statement, cst.FunctionDef):
            yield statement.name.value, "", statement
        elif isinstance(statement, cst.ClassDef):
            for inner in statement.body.body:
                if isinstance(inner, cst.FunctionDef) and inner.name.value not in SPEAKING:
                    name = statement.name.value
                    yield f"{name}.{inner.name.value}", name, inner
        elif isinstance(statement, cst.SimpleStatementLine):
            yield from constants(statement)


def constants(line: cst.SimpleStatementLine) -> Iterator[tuple[str, str, cst.CSTNode]]:
    found = line.body[0]
    if isinstance(found, cst.Assign):
        target, value = found.targets[0].target, found.value
    elif isinstance(found, cst.AnnAssign):
        target, value = found.target, found.value
    else:
        return
    if isinstance(target, cst.Name) and target.value != "__all__" and not is_type(target, value):
        yield target.value, "", line


def is_type(target: cst.Name, value: cst.CSTNode | None) -> bool:
    """A name for a type is read by the type checker only."""
    joined = isinstance(value, cst.Subscript | cst.BinaryOperation)
    return called(value, OF_TYPES) or (joined and not target.value.isupper())


def faults(statement: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    """Each node of a statement with each of its faults."""
    for node in walk(statement):
        if called(node, LEFT_AS_CALLED):
            continue
        spared = [one for one in below(node) if is_sentence(one) or is_strict(one)]
        for changed in changed_nodes(node):
            kept = {id(one) for one in below(changed)}
            if all(id(one) in kept for one in spared):
                yield node, changed


def changed_nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            found = operator(node)
            # Three spellings of one wrong text find nothing that the first does not.
            if operator is operator_string:
                found = list(found)[:1]
            yield from (changed for changed in found if not says_no_as_well(node, changed))
    yield from clauses(node)
    yield from turned(node)


def says_no_as_well(node: cst.CSTNode, changed: cst.CSTNode) -> bool:
    """None in place of False, where only the truth of it is asked."""
    if isinstance(node, cst.Call) and isinstance(changed, cst.Call):
        pairs = zip(node.args, changed.args, strict=False)
        return any(is_name(one.value, "False") and is_name(two.value, "None") for one, two in pairs)
    return is_name(getattr(node, "value", None), "False") and is_name(
        getattr(changed, "value", None), "None"
    )


def is_name(node: object, name: str) -> bool:
    return isinstance(node, cst.Name) and node.value == name


def clauses(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """`a and b` without b, without a; the same for `or`, `&` and `|`."""
    if isinstance(node, cst.BooleanOperation) or (
        isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitAnd | cst.BitOr)
    ):
        yield node.left
        yield node.right


def turned(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """`if a` as `if not a`, where no other operator does as much."""
    if isinstance(node, cst.If | cst.While | cst.CompIf) and isinstance(
        node.test, cst.Name | cst.Attribute | cst.Call | cst.Subscript | cst.NamedExpr
    ):
        yield node.with_changes(test=cst.UnaryOperation(cst.Not(), node.test))


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and what stands in it, but for types, decorators and sentences."""
    if isinstance(node, cst.Annotation | cst.Decorator) or is_sentence(node) or is_strict(node):
        return
    if isinstance(node, cst.Raise) and called(node.exc, ERRORS):
        return
    if isinstance(node, cst.Param) and not isinstance(
        node.default, cst.Name | cst.BaseNumber | cst.BaseString | None
    ):
        return  # worked out while the module is read: a fault there is an error of loading
    yield node
    children = node.children
    if called(node, {"cast"}):
        children = node.args[1:]  # type: ignore[attr-defined]  a call, as was asked
    for child in children:
        yield from walk(child)


def below(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for child in node.children:
        yield child
        yield from below(child)


def is_sentence(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Modulo):
        return is_sentence(node.left)
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        return node.func.attr.value == "format" and is_sentence(node.func.value)
    return called(node, SENTENCES)


def is_strict(node: cst.CSTNode) -> bool:
    """`zip(…, strict=True)`: a guard against what its function itself rules out."""
    return isinstance(node, cst.Arg) and is_name(node.keyword, "strict")


def called(node: cst.CSTNode | None, names: Iterable[str]) -> bool:
    return (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Name)
        and node.func.value in set(names)
    )


def source(statement: cst.CSTNode) -> str:
    """Without what stands around it: decorators stay on the function whose code is swapped."""
    bare = statement.with_changes(leading_lines=[])
    if isinstance(bare, cst.FunctionDef):
        bare = bare.with_changes(decorators=[], lines_after_decorators=[])
    return cst.Module([]).code_for_node(bare)


def changes(before: str, after: str) -> str:
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return "\n".join(
        f"{line[0]} {line[1:].strip()}"
        for line in found
        if not line.startswith(("---", "+++", "@"))
    )


def indented(text: str) -> str:
    return "".join(f"    {line}" for line in text.splitlines(keepends=True))


def lines(where: CodeRange | None) -> range:
    return range(where.start.line, where.end.line + 1) if where else range(0)
