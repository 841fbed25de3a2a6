"""What would change if a unit above others added its table up anew (N12, ADR 0032)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pingyi.returns.queries.rolled import RolledUp
from pingyi.returns.rules.differences import ChangedCell, differences

if TYPE_CHECKING:
    from pingyi.returns.models import Version


@dataclass(frozen=True)
class ChangedChild:
    """A unit of which another version is added up by now; None where there was or is none."""

    code: str
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Difference:
    """Between a version and the roll-up of now: figures, and whose versions."""

    cells: tuple[ChangedCell, ...]
    children: tuple[ChangedChild, ...]

    def __bool__(self) -> bool:
        return bool(self.cells or self.children)


def difference(rolled: RolledUp, version: "Version") -> Difference:
    """What stands otherwise in the roll-up than in a version that was sealed from one."""
    sealed = version.content["cells"]
    before = {code: sealed[code]["counted"] for code in rolled.cells}
    after = {code: cell.number for code, cell in rolled.cells.items()}
    return Difference(tuple(differences(before, after)), tuple(_children(rolled, version.content)))


def _children(rolled: RolledUp, content: Mapping[str, Any]) -> list[ChangedChild]:
    added = content.get("added") or [{"children": []}]
    was = {each["unit"]: (each["name"], each["version"]) for each in added[-1]["children"]}
    now = {unit.code: (unit.name, version.number) for unit, version in rolled.children}
    found = []
    for code in {**was, **now}:
        name, number = now.get(code, ("", None))
        old_name, old_number = was.get(code, ("", None))
        if number != old_number:
            found.append(ChangedChild(code, name or old_name, old_number, number))
    return found
