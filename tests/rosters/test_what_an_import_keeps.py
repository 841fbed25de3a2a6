"""What an import keeps as JSON is read again as it was."""

import json
from datetime import date

import pytest

from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.fields import (
    BY_MODEL,
    AffiliationFields,
    ChargeFields,
    Fields,
    MembershipFields,
    NewPerson,
    OrganizationFields,
    PersonFields,
    PersonRef,
    PostFields,
)
from pingyi.rosters.rules.kept import from_json, to_json

DAY = date(2010, 1, 1)
LATER = date(2011, 1, 1)
PLACE = AffiliationFields("A", DAY)
BRANCH = OrganizationFields("B", "支部", "branch", "grassroots", None, PLACE, DAY)
MEMBERSHIP = MembershipFields("B", "full", DAY)
PERSON = PersonFields("王一", "hash", "0001", "male", DAY, MEMBERSHIP)
SAID = [
    PLACE,
    AffiliationFields(),
    BRANCH,
    MEMBERSHIP,
    PERSON,
    PersonFields("赵四"),
    PostFields("B", "书记", "grassroots_secretary", DAY),
    ChargeFields("B", DAY),
]


def again(change: Change) -> tuple[Fields | None, Fields | None, PersonRef | None]:
    return from_json(change.model, json.loads(json.dumps(to_json(change))))


@pytest.mark.parametrize("said", SAID)
def test_fields_are_read_as_they_were_kept(said: Fields) -> None:
    assert again(Change("", said, said)) == (said, said, None)
    assert again(Change("", after=said)) == (None, said, None)
    assert again(Change("", before=said)) == (said, None, None)


def test_every_kind_of_row_is_tried() -> None:
    assert {said.model for said in SAID} == set(BY_MODEL)


@pytest.mark.parametrize("person", [12, NewPerson("党员", 7)])
def test_whose_row_it_is_is_read_as_it_was_kept(person: PersonRef) -> None:
    assert again(Change("", after=MEMBERSHIP, person=person)) == (None, MEMBERSHIP, person)


@pytest.mark.parametrize(
    ("before", "after", "concerned"),
    [
        (None, MEMBERSHIP, ("organization", "standing", "valid_from")),
        (ChargeFields("B", DAY), None, ("organization", "valid_from")),
        (ChargeFields("B", DAY), ChargeFields("B", LATER), ("valid_from",)),
        # Another row may follow: its day is part of what is said.
        (MEMBERSHIP, MembershipFields("B", "x", LATER), ("organization", "standing", "valid_from")),
        (PLACE, AffiliationFields("C", LATER), ("parent", "since")),
        (PLACE, AffiliationFields("C", DAY), ("parent", "since")),
    ],
)
def test_a_change_concerns_the_fields_that_become_others(
    before: Fields | None, after: Fields | None, concerned: tuple[str, ...]
) -> None:
    assert Change("", before, after).concerned == concerned


@pytest.mark.parametrize(
    ("after", "follows"),
    [
        (MembershipFields("C", "full", LATER), True),
        (MembershipFields("B", "probationary", LATER), True),
        (MembershipFields("C", "full", DAY), False),
        (MembershipFields("B", "full", LATER), False),
    ],
)
def test_a_membership_follows_another_where_it_is_another_and_begins_later(
    after: MembershipFields, follows: bool
) -> None:
    assert after.follows(MEMBERSHIP) == follows


@pytest.mark.parametrize(
    ("after", "follows"),
    [(AffiliationFields("C", LATER), True), (AffiliationFields("C", DAY), False)],
)
def test_a_place_follows_another_where_it_begins_on_another_day(
    after: AffiliationFields, follows: bool
) -> None:
    assert after.follows(PLACE) == follows
