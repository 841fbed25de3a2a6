"""Writing a whole register at once keeps every promise of the single deeds."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Body, Entry
from pingyi.organizations.models import Organization, Person
from pingyi.organizations.rules.spans import Span
from pingyi.register.operations import bulk_register
from pingyi.register.operations.bulk import fault_words
from pingyi.register.rules.batch import (
    Batch,
    BatchFault,
    Known,
    NewCharge,
    NewMembership,
    NewOrganization,
    NewPerson,
    NewPost,
    faults_of,
)
from tests.cast import FOUNDED, TODAY, Register, identity_number

KNOWN = Known(
    organizations={"T": Span(FOUNDED)},
    sectors={"rural"},
    categories={"grassroots_secretary"},
    kinds={"branch"},
    levels={"grassroots"},
    standings={"full"},
    genders={"female"},
)
BRANCH = NewOrganization("B", "支部", "branch", "grassroots", TODAY, parent="T", sector="rural")
PERSON = NewPerson("p", "张三", identity_number(1), "female")
MEMBERSHIP = NewMembership("p", "B", TODAY)
POST = NewPost("p", "B", "书记", TODAY, "grassroots_secretary")
CHARGE = NewCharge("p", "T", TODAY)
BATCH = Batch([BRANCH], [PERSON], [MEMBERSHIP], [POST], [CHARGE])


def test_a_sound_batch_has_no_fault() -> None:
    assert faults_of(BATCH, KNOWN) == []


def with_branch(**changes: object) -> Batch:
    return replace(BATCH, organizations=[replace(BRANCH, **changes)])


WRONG = {
    "taken": (BatchFault.CODE_TAKEN, with_branch(code="T", parent=None)),
    "twice": (BatchFault.CODE_TAKEN, replace(BATCH, organizations=[BRANCH, BRANCH])),
    "nameless": (BatchFault.EMPTY_NAME, with_branch(name=" ")),
    "kind": (BatchFault.UNKNOWN_KIND, with_branch(kind="club")),
    "level": (BatchFault.UNKNOWN_LEVEL, with_branch(level="moon")),
    "sector": (BatchFault.UNKNOWN_SECTOR, with_branch(sector="moon")),
    "parent": (BatchFault.UNKNOWN_PARENT, with_branch(parent="Q")),
    "early": (BatchFault.OUTSIDE_SPAN, with_branch(valid_from=date(2000, 1, 1))),
    "ends": (BatchFault.ENDS_FIRST, with_branch(valid_to=TODAY)),
    "circle": (
        BatchFault.CIRCLE,
        replace(
            BATCH,
            organizations=[replace(BRANCH, parent="C"), replace(BRANCH, code="C", parent="B")],
        ),
    ),
    "person": (BatchFault.PERSON_TWICE, replace(BATCH, people=[PERSON, PERSON])),
    "unnamed": (BatchFault.EMPTY_NAME, replace(BATCH, people=[replace(PERSON, name="")])),
    "gender": (BatchFault.UNKNOWN_GENDER, replace(BATCH, people=[replace(PERSON, gender="?")])),
    "identity": (
        BatchFault.IDENTITY_WRONG,
        replace(BATCH, people=[replace(PERSON, identity="123")]),
    ),
    "same identity": (
        BatchFault.IDENTITY_TWICE,
        replace(BATCH, people=[PERSON, replace(PERSON, key="q")]),
    ),
    "nobody": (
        BatchFault.UNKNOWN_PERSON,
        replace(BATCH, memberships=[replace(MEMBERSHIP, person="q")]),
    ),
    "nowhere": (
        BatchFault.UNKNOWN_ORGANIZATION,
        replace(BATCH, charges=[replace(CHARGE, organization="Q")]),
    ),
    "before": (BatchFault.OUTSIDE_SPAN, replace(BATCH, posts=[replace(POST, valid_from=FOUNDED)])),
    "never": (BatchFault.ENDS_FIRST, replace(BATCH, posts=[replace(POST, valid_to=TODAY)])),
    "standing": (
        BatchFault.UNKNOWN_STANDING,
        replace(BATCH, memberships=[replace(MEMBERSHIP, standing="half")]),
    ),
    "title": (BatchFault.EMPTY_NAME, replace(BATCH, posts=[replace(POST, title="")])),
    "category": (
        BatchFault.UNKNOWN_CATEGORY,
        replace(BATCH, posts=[replace(POST, category="king")]),
    ),
    "members": (
        BatchFault.MEMBER_TWICE,
        replace(BATCH, memberships=[MEMBERSHIP, replace(MEMBERSHIP, organization="T")]),
    ),
    "posts": (BatchFault.POST_TWICE, replace(BATCH, posts=[POST, POST])),
    "charges": (BatchFault.CHARGE_TWICE, replace(BATCH, charges=[CHARGE, CHARGE])),
}


@pytest.mark.parametrize("name", WRONG)
def test_each_fault_is_found(name: str) -> None:
    fault, batch = WRONG[name]
    assert fault in {found.fault for found in faults_of(batch, KNOWN)}


def test_every_fault_is_tried_and_has_its_own_words(db: None) -> None:
    assert {fault for fault, _batch in WRONG.values()} == set(BatchFault)
    assert all(fault_words(fault) for fault in BatchFault)


def test_two_memberships_one_after_the_other_are_fine() -> None:
    first = replace(MEMBERSHIP, organization="T", valid_from=FOUNDED, valid_to=TODAY)
    assert faults_of(replace(BATCH, memberships=[first, MEMBERSHIP]), KNOWN) == []


def test_a_wrong_batch_writes_nothing(register: Register, now: datetime) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refusal) as caught:
        bulk_register(
            organizations=[replace(BRANCH, parent="Q")], people=[PERSON], by=None, now=now
        )
    assert caught.value.code == "batch_wrong"
    assert len(caught.value.details) == 1
    assert not Organization.objects.filter(code="B").exists()
    assert Entry.objects.count() == before


def test_a_batch_is_one_line_of_the_ledger(register: Register, now: datetime) -> None:
    before = Entry.objects.count()
    person = replace(PERSON, identity=identity_number(900))
    written = bulk_register(
        organizations=[replace(BRANCH, parent="T1")],
        people=[person, NewPerson("q", "李四")],
        memberships=[MEMBERSHIP],
        charges=[NewCharge("q", "T1", TODAY)],
        by=None,
        now=now,
    )
    assert Entry.objects.count() == before + 1
    assert written.organizations["B"].affiliations.get().parent == register.t1
    assert written.people["p"].memberships.get().organization.code == "B"
    content = Body.objects.latest("entry_id").content
    assert "sha256" in content
    assert person.identity not in content


def test_known_identity_numbers_are_refused(register: Register, now: datetime) -> None:
    before = Person.objects.count()
    with pytest.raises(Refusal) as caught:
        bulk_register(people=[PERSON], by=None, now=now)
    assert caught.value.code == "identity_taken"
    assert Person.objects.count() == before


def test_an_actor_writes_batches_inside_the_own_subtree_only(
    register: Register, clerk_user: User, member_user: User, now: datetime
) -> None:
    own = replace(BRANCH, parent="T1")
    bulk_register(organizations=[own], by=clerk_user, now=now)
    for user, organization, code in (
        (clerk_user, replace(BRANCH, code="C", parent="T2"), "outside"),
        (clerk_user, replace(BRANCH, code="C", parent=None), "second_top"),
        (member_user, replace(BRANCH, code="C", parent="T1"), "not_an_editor"),
    ):
        with pytest.raises(Refusal) as caught:
            bulk_register(organizations=[organization], by=user, now=now)
        assert caught.value.code == code
