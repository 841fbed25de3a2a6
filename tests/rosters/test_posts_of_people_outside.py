"""A post or charge for somebody who is a member outside the scope: said before it is applied."""

from datetime import date
from typing import Any

import pytest

from pingyi.accounts.models import User
from pingyi.organizations.models import Charge, Person, Post
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations import apply_roster, undo_roster, upload_roster
from tests.cast import NOW, Register, identity_number
from tests.rosters.workbook import workbook

ON = date(2011, 6, 1)


def number_of(person: Person) -> str:
    numbers = (identity_number(serial) for serial in range(1, 60))
    return next(each for each in numbers if each.endswith(person.identity_last4))


def previewed(sheets: dict[str, Any], register: Register, by: User) -> RosterImport:
    made = upload_roster(
        content=workbook(sheets), filename="posts.xlsx", scope=register.t1, effective_on=ON,
        by=by, now=NOW,
    )  # fmt: skip
    made.refresh_from_db()
    return made


def row_of(sheet: str, who: Person, home: str | None) -> list[Any]:
    named = [who.name, number_of(who), "T1-1"]
    return [*named, *(["委员", "其它基层党组织书记"] if sheet == "职务" else []), ON, home]


@pytest.mark.parametrize(("sheet", "model"), [("职务", Post), ("分工", Charge)])
def test_who_is_named_by_number_gets_it_and_it_can_be_undone(
    register: Register, clerk_user: User, sheet: str, model: Any
) -> None:
    """Such a preview was fine once, and every applying was refused."""
    who = register.people["t2_member"]
    made = previewed({sheet: [row_of(sheet, who, None)]}, register, clerk_user)
    assert made.state == ImportState.PREVIEWED
    apply_roster(roster_import=made, by=clerk_user, now=NOW)
    assert model.objects.get(person=who).organization.code == "T1-1"
    made.refresh_from_db()
    undo_roster(roster_import=made, by=clerk_user, now=NOW)
    assert not model.objects.filter(person=who).exists()


@pytest.mark.parametrize("sheet", ["职务", "分工"])
def test_who_is_named_by_an_organization_outside_is_refused_in_the_preview(
    register: Register, clerk_user: User, sheet: str
) -> None:
    who = register.people["t2_member"]
    made = previewed({sheet: [row_of(sheet, who, "T2-1")]}, register, clerk_user)
    assert made.state == ImportState.REFUSED
    assert made.errors[0]["code"] == "code_outside"


def test_who_is_a_member_outside_is_not_taken_over(register: Register, clerk_user: User) -> None:
    who = register.people["t2_member"]
    row = [who.name, number_of(who), None, None, "T1-1", "正式党员", date(2005, 1, 1), ON]
    made = previewed({"党员": [row]}, register, clerk_user)
    assert made.state == ImportState.REFUSED
    assert made.errors[0]["code"] == "member_elsewhere"
