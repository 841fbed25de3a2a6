"""The register as a roster: imported again it changes nothing, corrected it changes that."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.demo import county
from pingyi.documents.entry_workbooks import entry_workbook
from pingyi.organizations.models import Organization, Person
from pingyi.register import operations as register_operations
from pingyi.rosters import operations
from pingyi.rosters.exports.register import register_book
from tests.cast import NOW, PEOPLE, TODAY, Register, identity_number
from tests.rosters.conftest import Door

pytestmark = pytest.mark.django_db
NOTHING: dict[str, Any] = {"add": {}, "change": {}, "end": {}}


def exported(code: str) -> bytes:
    return entry_workbook(register_book(Organization.objects.get(code=code), TODAY))


def corrected(content: bytes, sheet: str, cell: str, value: Any) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    book[sheet][cell] = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_part_of_the_demo_county_comes_out_and_goes_in_without_a_change(preview: Door) -> None:
    whole = county.build().sheets
    own = [str(row[0]) for row in whole["organizations"]]
    codes = {"YL", *(code for code in own if code.startswith("SFZ"))}
    at = {"organizations": 0, "members": 4, "posts": 2, "charges": 2}
    part = {key: [row for row in rows if row[at[key]] in codes] for key, rows in whole.items()}
    known = {row[0] for row in (*part["members"], *part["posts"])}
    part["charges"] = [row for row in part["charges"] if row[0] in known]
    operations.import_rows(sheets=part, scope=None, effective_on=county.FOUNDED, by=None, now=NOW)
    for code in ("YL", "SFZ"):
        made = preview(exported(code), scope=code, complete=True)
        assert (made.errors, made.counts) == ([], NOTHING)


def test_whatever_the_register_holds_comes_back_the_same(register: Register, preview: Door) -> None:
    village, person = register.village, register.people["village_member"]
    change = {"by": None, "now": NOW}
    # A namesake, a move on a later day, a standing that changed, names with blanks in them.
    register_operations.register_member(organization=village, name=person.name, on=TODAY, **change)
    register_operations.transfer_member(
        person=register.people["village_secretary"],
        organization=register.school,
        on=TODAY,
        **change,
    )
    register_operations.change_standing(
        person=register.people["village_probationer"], standing="full", on=TODAY, **change
    )
    register_operations.change_organization(organization=village, name="柳湾村  党支部", **change)
    for code in ("X", "T1", "T1-1"):
        for complete in (False, True):
            made = preview(exported(code), scope=code, complete=complete)
            assert (made.errors, made.counts) == ([], NOTHING), code


def test_a_corrected_name_is_the_same_person_under_another_name(
    register: Register, preview: Door
) -> None:
    content = exported("T1-1")
    name = openpyxl.load_workbook(BytesIO(content))["党员"]["A2"].value
    person = Person.objects.get(name=name)
    made = preview(corrected(content, "党员", "A2", "王大仁"), scope="T1-1", complete=True)
    assert made.errors == []
    [change] = made.changes.all()
    assert (change.model, change.object_id, change.kind) == ("person", person.pk, "change")


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("I2", "1-000000", "person_number_wrong"),
        ("I2", "甲", "person_number_wrong"),
        ("I3", "first", "person_number_twice"),
        ("B2", f"{'*' * 14}0000", "last_four_differ"),
        ("I2", "outside", "person_number_outside"),
    ],
)
def test_a_number_that_cannot_be_meant_is_an_error(
    register: Register, preview: Door, cell: str, value: str, code: str
) -> None:
    content = exported("T1-1")
    if value == "first":
        value = openpyxl.load_workbook(BytesIO(content))["党员"]["I2"].value
    if value == "outside":
        value = openpyxl.load_workbook(BytesIO(exported("T1-3")))["党员"]["I2"].value
    made = preview(corrected(content, "党员", cell, value), scope="T1-1")
    assert code in [error["code"] for error in made.errors]


def test_the_identity_number_of_somebody_else_is_an_error(
    register: Register, preview: Door
) -> None:
    content = exported("T1-1")
    page = openpyxl.load_workbook(BytesIO(content))["党员"]
    other = page["A3"].value
    serial = 1 + next(at for at, one in enumerate(PEOPLE) if one[1] == other)
    made = preview(corrected(content, "党员", "B2", identity_number(serial)), scope="T1-1")
    assert "identity_of_other" in [error["code"] for error in made.errors]


def test_a_masked_number_without_a_key_tells_the_last_four(
    register: Register, preview: Door
) -> None:
    made = preview(corrected(exported("T1-1"), "党员", "I2", None), scope="T1-1")
    assert "identity_masked" in [note["code"] for note in made.notes]


def test_a_code_in_another_case_is_the_organization_of_the_register(
    register: Register, preview: Door
) -> None:
    content = corrected(exported("T1-1"), "党组织", "A2", "t1-1")
    made = preview(corrected(content, "党组织", "B2", "柳湾新村党支部"), scope="T1-1")
    assert (made.errors, made.counts["add"]) == ([], {})


def test_who_edits_the_register_gets_the_list_of_the_own_part(
    client: Client, clerk_user: User, register: Register
) -> None:
    client.force_login(clerk_user)
    answer = client.get(reverse("rosters:export", args=["T1"]))
    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    assert [page.title for page in book] == ["党组织", "党员", "职务", "分工", "说明", "_"]
    assert book["党组织"]["A2"].value == "T1"
    numbers = [row[1].value for row in book["党员"].iter_rows(min_row=2)]
    assert all(not number or number.startswith("*" * 14) for number in numbers)
    assert client.get(reverse("rosters:export", args=["T2"])).status_code == 404
    assert client.get(reverse("rosters:export", args=["nobody"])).status_code == 404
    assert (
        reverse("rosters:export", args=["T1"])
        in client.get(reverse("rosters:list")).content.decode()
    )
