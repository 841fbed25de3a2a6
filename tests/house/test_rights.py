"""One table says which role may do what; rooms ask it for rights and name no roles of their own."""

import ast
from pathlib import Path

from pingyi.accounts.enums import ROLES_WITH, Right, Role

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pingyi"
# Where a role itself is the matter: accounts, whom the demo signs in, the first account.
OF_ROLES = ("accounts", "demo", "web/views/start.py")


def roles_named(path: Path) -> list[str]:
    """Every `Role.…` of a file, but its label."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        f"{path.relative_to(SOURCE)}:{node.lineno} {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Role"
    ]


def test_rooms_ask_for_rights_not_for_roles() -> None:
    files = [
        path
        for path in SOURCE.rglob("*.py")
        if not path.relative_to(SOURCE).as_posix().startswith(OF_ROLES)
    ]
    assert [found for path in files for found in roles_named(path)] == []


def test_every_right_is_held_by_somebody() -> None:
    assert set(ROLES_WITH) == set(Right)
    assert all(right.roles for right in Right)


def test_members_only_read() -> None:
    assert {right for right in Right if Role.MEMBER in right.roles} == {Right.READ}
