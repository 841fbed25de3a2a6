"""A list still has the record that was merged: its name, its number, its key mean the person."""

from typing import Any

import pytest

from pingyi.organizations.models import Membership, Person
from pingyi.register.operations import merge_people, separate_people
from pingyi.rosters.operations import apply_roster
from pingyi.rosters.rules.numbers import person_number
from tests.at_once import refused
from tests.cast import NOW, identity_number
from tests.rosters.conftest import Door
from tests.rosters.workbook import HEADINGS, Sheets, small_roster, workbook

FIRST, SECOND = identity_number(1), identity_number(2)
PLAIN: dict[str, Any] = {"reason": "重复登记", "by": None, "now": NOW}


def roster(*people: tuple[str, str | None]) -> Sheets:
    file = small_roster()
    file["党员"] = [[name, number, None, None, "A1", "正式党员", None] for name, number in people]
    file["职务"] = [["张晓明", None, "A1", "支部委员", None, None, None]]
    file["分工"] = []
    return file


@pytest.fixture
def people(apply: Door) -> tuple[Person, Person]:
    apply(roster(("张小明", FIRST), ("张晓明", SECOND)))
    one, two = (Person.objects.get(name=name) for name in ("张小明", "张晓明"))
    merge_people(kept=one, other=two, taking=(), **PLAIN)
    return one, two


@pytest.mark.django_db
@pytest.mark.parametrize(
    "named",
    [
        ("张小明", FIRST),
        ("张晓明", SECOND),
        ("张晓明", None),
        ("张晓明", FIRST),
        ("张小明", SECOND),
    ],
)
def test_the_list_names_the_person_however_the_records_did(
    people: tuple[Person, Person], preview: Door, named: tuple[str, str | None]
) -> None:
    made = preview(roster(named), complete=True)
    assert (made.errors, made.counts) == ([], {"add": {}, "change": {}, "end": {}})


@pytest.mark.django_db
def test_where_the_list_still_has_both_records_the_second_is_left_out_and_said(
    people: tuple[Person, Person], preview: Door
) -> None:
    made = preview(roster(("张小明", FIRST), ("张晓明", SECOND)))
    assert (made.errors, made.counts) == ([], {"add": {}, "change": {}, "end": {}})
    [note] = [note for note in made.notes if note["code"] == "merged_twice"]
    assert (note["cell"], note["params"]["cell"]) == ("A3", "党员!A2")


@pytest.mark.django_db
def test_undone_the_list_means_two_again(people: tuple[Person, Person], preview: Door) -> None:
    separate_people(person=people[1], **PLAIN)
    made = preview(roster(("张小明", FIRST), ("张晓明", SECOND)), complete=True)
    assert (made.errors, made.counts) == ([], {"add": {}, "change": {}, "end": {}})
    assert Membership.objects.filter(valid_to=None).count() == 2


@pytest.mark.django_db
def test_an_exported_list_from_before_the_merge_means_the_person_once(
    people: tuple[Person, Person], preview: Door, settings: Any
) -> None:
    file = roster(("张小明", None), ("张晓明", None))
    for row, person in zip(file["党员"], people, strict=True):
        row += [None, person_number(person.pk, key=settings.IDENTITY_KEY)]
    headings = {**HEADINGS, "党员": [*HEADINGS["党员"], "人员编号"]}
    made = preview(workbook(file, headings), complete=True)
    assert (made.errors, made.counts) == ([], {"add": {}, "change": {}, "end": {}})
    assert "merged_twice" in [note["code"] for note in made.notes]


@pytest.mark.django_db
@pytest.mark.parametrize("numbers", [(FIRST, SECOND), (FIRST, None), (None, None)])
@pytest.mark.parametrize("is_first", [True, False], ids=["as registered", "the merged one first"])
def test_the_row_of_the_record_that_goes_on_is_read_and_nobody_is_added(
    people: tuple[Person, Person],
    preview: Door,
    numbers: tuple[str | None, str | None],
    is_first: bool,
) -> None:
    file = roster(("张小明", numbers[0]), ("张晓明", numbers[1]))
    file["党员"][1][2] = "女"  # as the record said that was merged
    if not is_first:
        file["党员"].reverse()
    made = preview(file, complete=True)
    assert (made.errors, made.counts) == ([], {"add": {}, "change": {}, "end": {}})
    assert "merged_twice" in [note["code"] for note in made.notes]


@pytest.mark.django_db
def test_the_former_name_means_the_person_where_the_other_one_was_chosen(
    apply: Door, preview: Door
) -> None:
    apply(roster(("张小明", None), ("张晓明", None)), really=True)
    one, two = (Person.objects.get(name=name) for name in ("张小明", "张晓明"))
    merge_people(kept=one, other=two, taking=("name",), **PLAIN)
    made = preview(roster(("张小明", None)), complete=True)
    assert (made.errors, made.counts) == ([], {"add": {}, "change": {}, "end": {}})


@pytest.mark.django_db
def test_the_last_four_of_either_record_are_the_person_s(
    people: tuple[Person, Person], preview: Door, settings: Any
) -> None:
    masked = [f"**************{person.identity_last4}" for person in people]
    for number in masked:
        file = roster(("张小明", number))
        file["党员"][0] += [None, person_number(people[0].pk, key=settings.IDENTITY_KEY)]
        headings = {**HEADINGS, "党员": [*HEADINGS["党员"], "人员编号"]}
        made = preview(workbook(file, headings))
        assert (made.errors, made.counts) == ([], {"add": {}, "change": {}, "end": {}})


@pytest.mark.django_db
def test_a_merge_between_preview_and_apply_makes_the_preview_stale(
    apply: Door, preview: Door
) -> None:
    apply(roster(("张小明", FIRST), ("张晓明", SECOND)))
    file = roster(("张小明", FIRST), ("张晓明", SECOND))
    file["职务"] = [["张晓明", SECOND, "A1", "组织委员", None, None, None]]
    made = preview(file)
    one, two = (Person.objects.get(name=name) for name in ("张小明", "张晓明"))
    merge_people(kept=one, other=two, taking=(), **PLAIN)
    with refused("register_changed"):
        apply_roster(roster_import=made, by=None, now=NOW)


@pytest.mark.django_db
def test_a_row_with_the_number_of_somebody_whom_another_row_names_is_an_error(
    apply: Door, preview: Door, settings: Any
) -> None:
    """By the person's number in the register, and again by the identity number."""
    apply(roster(("张小明", FIRST)))
    person = Person.objects.get(name="张小明")
    file = roster(("张小明", None), ("李大海", FIRST))
    file["党员"][0] += [None, person_number(person.pk, key=settings.IDENTITY_KEY)]
    headings = {**HEADINGS, "党员": [*HEADINGS["党员"], "人员编号"]}
    made = preview(workbook(file, headings))
    assert [(each["code"], each["cell"]) for each in made.errors] == [("identity_twice", "B3")]
