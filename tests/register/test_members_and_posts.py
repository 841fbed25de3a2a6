"""People come, move, leave; posts and charges begin and end."""

from datetime import datetime, timedelta

import pytest

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Body, Entry
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Person
from pingyi.register import operations
from pingyi.register.queries import sight
from tests.cast import FOUNDED, TODAY, Register, identity_number

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def last_kind() -> str:
    return Entry.objects.latest("seq").kind


def refused(code: str):
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_of_the_identity_number_only_hash_and_last_four_are_kept(
    register: Register, clerk_user: User, now: datetime
) -> None:
    number = identity_number(500)
    membership = operations.register_member(
        organization=register.village, name="林新", identity=f" {number.lower()}", on=TODAY,
        standing="probationary", by=clerk_user, now=now,
    )  # fmt: skip
    person = membership.person
    assert (person.identity_last4, person.initials) == (number[-4:], "lx")
    assert ground.by_identity(number) == person
    assert number not in "".join(Body.objects.values_list("content", flat=True))
    assert membership.standing == "probationary"


def test_wrong_and_known_identity_numbers_are_refused(register: Register, now: datetime) -> None:
    sound = identity_number(500)
    wrong_digit = sound[:-1] + ("0" if sound[-1] != "0" else "1")
    for number in ("123", "A" * 18, "000000197013010011", wrong_digit):
        with refused("identity_wrong"):
            operations.add_person(name="林新", identity=number, by=None, now=now)
    with refused("identity_taken"):
        operations.add_person(name="林新", identity=identity_number(1), by=None, now=now)
    with refused("invalid"):
        operations.add_person(name=" ", by=None, now=now)


def test_a_person_is_changed_and_keeps_the_identity(
    register: Register, clerk_user: User, now: datetime
) -> None:
    person = register.people["village_member"]
    changed = operations.change_person(
        person=person,
        name="张晓芳",
        gender="female",
        born_on=None,
        joined_on=None,
        by=clerk_user,
        now=now,
    )
    assert (changed.name, changed.identity_hash) == ("张晓芳", person.identity_hash)
    assert last_kind() == "person.changed"
    before = Entry.objects.count()
    operations.change_person(
        person=person, name="张晓芳", gender="female", born_on=None, joined_on=None,
        by=clerk_user, now=now,
        identity=identity_number(5),
    )  # fmt: skip
    assert Entry.objects.count() == before
    operations.change_person(
        person=person, name="张晓芳", gender="female", born_on=None, joined_on=None,
        by=clerk_user, now=now,
        identity=identity_number(501),
    )  # fmt: skip
    assert ground.by_identity(identity_number(501)) == person
    with refused("identity_taken"):
        operations.change_person(
            person=person, name="张晓芳", gender="female", born_on=None, joined_on=None,
            by=clerk_user, now=now,
            identity=identity_number(1),
        )  # fmt: skip


def test_whoever_is_a_member_is_not_admitted_again(register: Register, now: datetime) -> None:
    with refused("member_already"):
        operations.admit_member(
            person=register.people["village_member"], organization=register.school,
            on=TODAY, by=None, now=now,
        )  # fmt: skip


def test_a_transfer_keeps_the_standing_and_the_history(
    register: Register, clerk_user: User, now: datetime
) -> None:
    person = register.people["village_probationer"]
    moved = operations.transfer_member(
        person=person, organization=register.school, on=TODAY, by=clerk_user, now=now
    )
    assert (moved.organization, moved.standing) == (register.school, "probationary")
    old, new = person.memberships.order_by("valid_from")
    assert (old.organization, old.valid_to, new.valid_from) == (register.village, TODAY, TODAY)
    with refused("already_there"):
        operations.transfer_member(
            person=person, organization=register.school, on=TODAY, by=clerk_user, now=now
        )
    with refused("outside"):
        operations.transfer_member(
            person=person, organization=register.t2_village, on=TODAY, by=clerk_user, now=now
        )


def test_nobody_who_is_no_member_is_transferred(register: Register, now: datetime) -> None:
    person = operations.add_person(name="林新", by=None, now=now)
    with refused("nothing_to_change"):
        operations.transfer_member(
            person=person, organization=register.school, on=TODAY, by=None, now=now
        )


def test_a_probationary_member_becomes_a_full_one(
    register: Register, clerk_user: User, now: datetime
) -> None:
    person = register.people["village_probationer"]
    operations.change_standing(person=person, standing="full", on=TODAY, by=clerk_user, now=now)
    standings = {row.person_id: row.standing for row in ground.members_on(TODAY)}
    earlier = {row.person_id: row.standing for row in ground.members_on(YESTERDAY)}
    assert (earlier[person.pk], standings[person.pk]) == ("probationary", "full")
    with refused("already_so"):
        operations.change_standing(person=person, standing="full", on=TODAY, by=None, now=now)
    with refused("invalid"):
        operations.change_standing(person=person, standing="half", on=TOMORROW, by=None, now=now)


def test_a_membership_ends_but_not_before_it_began(
    register: Register, clerk_user: User, now: datetime
) -> None:
    person = register.people["village_member"]
    with refused("ends_before_it_begins"):
        operations.end_membership(person=person, on=FOUNDED, reason="died", by=clerk_user, now=now)
    operations.end_membership(person=person, on=TODAY, reason="moved_away", by=clerk_user, now=now)
    assert person.pk not in {row.person_id for row in ground.members_on(TODAY)}
    assert person.pk in {row.person_id for row in ground.members_on(YESTERDAY)}
    operations.admit_member(
        person=person, organization=register.school, on=TODAY, by=clerk_user, now=now
    )


def test_a_post_begins_once_and_ends(register: Register, clerk_user: User, now: datetime) -> None:
    person = register.people["village_member"]
    post = operations.appoint(
        person=person, organization=register.village, title="组织委员", on=TODAY,
        by=clerk_user, now=now,
    )  # fmt: skip
    assert last_kind() == "post.began"
    with refused("already_so"):
        operations.appoint(
            person=person, organization=register.village, title="组织委员 ", on=TODAY,
            by=clerk_user, now=now,
        )  # fmt: skip
    operations.end_post(post=post, on=TOMORROW, by=clerk_user, now=now)
    assert person.pk in {row.person_id for row in ground.posts_on(TODAY)}
    assert person.pk not in {row.person_id for row in ground.posts_on(TOMORROW)}
    assert last_kind() == "post.ended"


def test_a_charge_begins_once_and_ends(register: Register, clerk_user: User, now: datetime) -> None:
    person = register.people["t1_leader"]
    charge = operations.put_in_charge(
        person=person, organization=register.school, on=TODAY, by=clerk_user, now=now
    )
    assert last_kind() == "charge.began"
    with refused("already_so"):
        operations.put_in_charge(
            person=person, organization=register.school, on=TODAY, by=clerk_user, now=now
        )
    operations.end_charge(charge=charge, on=TOMORROW, by=clerk_user, now=now)
    assert last_kind() == "charge.ended"
    assert charge.pk not in {charge.pk for charge in ground.charges_of(register.school, TOMORROW)}


def test_people_are_found_by_name_initials_and_last_four(register: Register) -> None:
    person = register.people["village_member"]
    for text in ("小芳", "ZXF", person.identity_last4):
        assert person in sight.find_people(text, actor=None, on=TODAY)
    assert not sight.find_people("无名氏", actor=None, on=TODAY).exists()
    assert sight.find_people(" ", actor=None, on=TODAY).count() == Person.objects.count()


def test_organizations_are_found_by_name_initials_and_code(register: Register) -> None:
    for text in ("柳湾", "LWC", "T1-1"):
        assert register.village in sight.find(text, actor=None, on=TODAY)
    assert sight.find("", actor=None, on=TODAY).count() == 7
