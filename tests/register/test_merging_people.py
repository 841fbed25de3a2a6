"""Two records of one person become one, and two again; what was frozen stays as it was."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.first_codes import make_first_code
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.ledger.queries.verification import verify
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Charge, Membership, Organization, Person, Post
from pingyi.register import operations, permissions
from pingyi.register.queries import sight
from pingyi.register.queries.merging import compared, resting
from tests.cast import FOUNDED, NOW, TODAY, Register, identity_number, user_with

LATER = TODAY + timedelta(days=30)
PLAIN: dict[str, Any] = {"by": None, "now": NOW}


def refused(code: str) -> Any:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


@pytest.fixture
def first(register: Register) -> Person:
    """张小芳, with a number, of the village since it was founded."""
    return register.people["village_member"]


@pytest.fixture
def second(register: Register) -> Person:
    """The same one, entered a second time: without a number, in the other branch, with a post."""
    person = operations.register_member(
        organization=register.school, name="张小方", gender="female", on=date(2011, 3, 1),
        born_on=date(1970, 1, 1), **PLAIN,
    ).person  # fmt: skip
    operations.appoint(
        person=person, organization=register.school, title="委员", on=date(2011, 4, 1), **PLAIN
    )
    operations.put_in_charge(
        person=person, organization=register.school, on=date(2011, 4, 1), **PLAIN
    )
    return person


def merge(kept: Person, other: Person, *taking: str, **more: Any) -> Person:
    said = {"reason": "同一人重复登记", "taking": taking, **PLAIN, **more}
    return operations.merge_people(kept=kept, other=other, **said)


def separate(person: Person, **more: Any) -> Person:
    return operations.separate_people(person=person, **{"reason": "不是同一人", **PLAIN, **more})


def rows(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


def everything() -> list[Any]:
    return [rows(model) for model in (Person, Membership, Post, Charge, User)]


def test_what_stands_under_the_second_record_stands_under_the_kept_one(
    register: Register, first: Person, second: Person
) -> None:
    kept = merge(first, second)
    assert (kept.name, kept.gender, kept.born_on) == ("张小芳", "female", date(1970, 1, 1))
    assert list(kept.memberships.values_list("organization__code", "valid_to")) == [("T1-1", None)]
    assert [post.title for post in kept.posts.all()] == ["委员"]
    assert [charge.organization for charge in kept.charges.all()] == [register.school]
    second.refresh_from_db()
    assert second.merged_into == kept
    assert not second.memberships.exists()
    assert Entry.objects.latest("seq").kind == "person.merged"
    assert verify().is_whole


def test_values_of_the_second_record_are_taken_where_they_are_chosen(
    first: Person, second: Person
) -> None:
    kept = merge(first, second, "name", "membership")
    assert (kept.name, kept.initials) == ("张小方", "zxf")
    # A member of the school from March on, and of the village before that.
    assert list(
        kept.memberships.order_by("valid_from").values_list("organization__code", "valid_to")
    ) == [("T1-1", date(2011, 3, 1)), ("T1-2", None)]


@pytest.mark.parametrize("taking", [(), ("name", "membership"), ("identity",)])
@pytest.mark.parametrize("turned", [False, True])
def test_undone_everything_is_as_it_was(
    register: Register, first: Person, second: Person, taking: tuple[str, ...], turned: bool
) -> None:
    user_with("fang", Role.MEMBER, register.school, NOW, second)
    before = everything()
    both = (second, first) if turned else (first, second)
    merge(*both, *taking)
    assert everything() != before
    separate(Person.objects.get(pk=both[1].pk))
    assert everything() == before
    assert Entry.objects.latest("seq").kind in ("person.separated", "account.person_linked")
    assert verify().is_whole


def test_a_span_in_the_midst_of_another_is_put_together_and_taken_apart(
    register: Register, first: Person, second: Person
) -> None:
    operations.end_membership(person=second, on=TODAY, reason="moved_away", **PLAIN)
    before = everything()
    merge(second, first)
    spans = Membership.objects.filter(person=second).order_by("valid_from")
    assert list(spans.values_list("organization__code", "valid_from", "valid_to")) == [
        ("T1-1", FOUNDED, date(2011, 3, 1)),
        ("T1-2", date(2011, 3, 1), TODAY),
        ("T1-1", TODAY, None),
    ]
    separate(first)
    assert everything() == before


def test_the_same_post_and_charge_are_held_once(
    register: Register, first: Person, second: Person
) -> None:
    operations.appoint(person=first, organization=register.school, title="委员", on=TODAY, **PLAIN)
    operations.put_in_charge(person=first, organization=register.school, on=TODAY, **PLAIN)
    before = everything()
    kept = merge(first, second)
    posts = kept.posts.order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(posts) == [(date(2011, 4, 1), TODAY), (TODAY, None)]
    assert kept.charges.filter(valid_to=None).count() == 1
    separate(second)
    assert everything() == before


def test_both_numbers_lead_to_the_person(register: Register, first: Person, second: Person) -> None:
    number = identity_number(700)
    operations.change_person(
        person=second, name="张小方", gender="", born_on=None, joined_on=None, identity=number,
        **PLAIN,
    )  # fmt: skip
    merge(first, second, "identity")
    first.refresh_from_db()
    assert first.identity_last4 == number[-4:]
    former = ground.by_identity(identity_number(5))
    assert former is not None
    assert former.merged_into == first
    with refused("identity_taken"):
        operations.register_member(
            organization=register.village, name="张小芳", identity=identity_number(5), on=TODAY,
            **PLAIN,
        )  # fmt: skip
    separate(second)
    found = [ground.by_identity(each) for each in (identity_number(5), number)]
    assert found == [first, second]


def test_a_third_record_leads_on_and_comes_back(
    register: Register, first: Person, second: Person
) -> None:
    third = operations.add_person(name="张小方", **PLAIN)
    merge(second, third)
    middle = everything()
    merge(first, second)
    assert ground.records_of(first.pk) == [first.pk, second.pk, third.pk]
    separate(second)
    assert everything() == middle
    assert ground.records_of(second.pk) == [second.pk, third.pk]
    merge(first, second)
    with refused("merged_further"):
        separate(third)
    assert ground.records_of(first.pk) == [first.pk, second.pk, third.pk]
    assert verify().is_whole


def test_what_was_done_since_stays_with_the_kept_one(
    register: Register, first: Person, second: Person
) -> None:
    merge(first, second)
    post = first.posts.get()
    operations.end_post(post=post, on=LATER, **PLAIN)
    operations.appoint(person=first, organization=register.village, title="书记", on=TODAY, **PLAIN)
    operations.change_person(
        person=first, name="张晓芳", gender="", born_on=None, joined_on=None, **PLAIN
    )
    separate(second)
    first.refresh_from_db()
    assert first.name == "张晓芳"
    assert [row.title for row in first.posts.all()] == ["书记"]
    assert [row.valid_to for row in second.posts.all()] == [LATER]
    assert second.memberships.get().organization == register.school


def test_a_post_that_never_came_to_be_is_not_brought_back(
    register: Register, first: Person, second: Person
) -> None:
    """Its branch was closed before it began."""
    place = operations.create_organization(
        code="T1-9", name="新村党支部", kind="branch", level="grassroots", sector="rural",
        parent=register.t1, on=FOUNDED, **PLAIN,
    )  # fmt: skip
    ahead = {"organization": place, "title": "组长", "on": LATER, **PLAIN}
    operations.appoint(person=second, **ahead)
    merge(first, second)
    operations.close_organization(organization=place, on=TODAY, **PLAIN)
    separate(second)
    assert not place.posts.exists()
    assert [row.title for row in second.posts.all()] == ["委员"]
    assert verify().is_whole


def test_a_membership_does_not_outlive_its_organization(
    register: Register, first: Person, second: Person
) -> None:
    merge(first, second)
    for key in ("school_secretary", "school_member"):
        operations.transfer_member(
            person=register.people[key], organization=register.village, on=LATER, **PLAIN
        )
    operations.close_organization(organization=register.school, on=LATER, **PLAIN)
    separate(second)
    assert second.memberships.get().valid_to == LATER
    assert verify().is_whole


def test_nobody_is_a_member_twice_when_a_merge_is_undone(
    register: Register, first: Person, second: Person
) -> None:
    merge(first, second, "membership")
    operations.transfer_member(person=first, organization=register.office_branch, on=LATER, **PLAIN)
    with refused("invalid"):
        separate(second)


def test_a_merged_record_is_shown_nowhere_and_nothing_is_done_with_it(
    register: Register, first: Person, second: Person, clerk_user: User, office_user: User
) -> None:
    merge(first, second)
    for actor in (None, clerk_user, office_user):
        assert second not in sight.people_visible_to(actor, TODAY)
    second.refresh_from_db()
    for deed in (
        lambda: operations.admit_member(
            person=second, organization=register.village, on=TODAY, **PLAIN
        ),
        lambda: operations.appoint(
            person=second, organization=register.village, title="委员", on=TODAY, **PLAIN
        ),
        lambda: merge(first, second),
        lambda: merge(second, register.people["school_member"]),
    ):
        with refused("merged"):
            deed()
    refusal = permissions.why_not_edit_person(clerk_user, second, NOW)
    assert refusal is not None
    assert refusal.code == "merged"
    assert permissions.why_not_see_person(clerk_user, second, NOW) is None
    assert permissions.why_not_see_identity(clerk_user, second, NOW) is None


def test_a_merge_needs_a_reason_and_two_records(first: Person, second: Person) -> None:
    with refused("invalid"):
        merge(first, second, reason="  ")
    with refused("same_record"):
        merge(first, first)
    with refused("not_merged"):
        separate(second)


@pytest.fixture
def elsewhere(register: Register) -> Person:
    """A record of the other township."""
    return register.people["t2_member"]


def test_all_places_of_both_lie_in_the_subtree(
    register: Register, first: Person, second: Person, elsewhere: Person, clerk_user: User,
    other_clerk_user: User, member_user: User,
) -> None:  # fmt: skip
    def why_not(actor: User, kept: Person, other: Person) -> str | None:
        refusal = permissions.why_not_merge_people(actor, kept, other, NOW)
        return refusal.code if refusal else None

    first = register.people["school_member"]
    assert why_not(clerk_user, first, second) is None
    assert why_not(clerk_user, first, elsewhere) == "outside"
    assert why_not(other_clerk_user, first, second) == "outside"
    assert why_not(member_user, first, second) == "not_an_editor"
    # A charge outside is enough.
    operations.put_in_charge(person=second, organization=register.t2, on=TODAY, **PLAIN)
    third = operations.add_person(name="张小方", **PLAIN)
    assert why_not(clerk_user, second, third) == "outside"


def test_whoever_was_anywhere_belongs_there(
    register: Register, elsewhere: Person, second: Person, clerk_user: User
) -> None:
    operations.end_membership(person=elsewhere, on=TODAY, reason="moved_away", **PLAIN)
    refusal = permissions.why_not_merge_people(clerk_user, second, elsewhere, NOW)
    assert refusal is not None
    assert refusal.code == "outside"


def test_nobody_becomes_a_leader_by_a_merge_of_records(
    register: Register, second: Person, clerk_user: User, office_user: User
) -> None:
    """With an account on one record, a clerk would act as the leader of the other."""
    third = operations.add_person(name="张小方", **PLAIN)
    account = user_with("third", Role.MEMBER, register.school, NOW, third)
    refusal = permissions.why_not_merge_people(clerk_user, second, third, NOW)
    assert refusal is not None
    assert refusal.code == "has_account"
    with refused("leader"):
        merge(second, third, by=office_user)
    make_first_code(user=account, by=office_user, now=NOW)
    merge(second, third, by=office_user)
    assert User.objects.get(username="third").person == second
    refusal = permissions.why_not_separate(clerk_user, Person.objects.get(pk=third.pk), NOW)
    assert refusal is not None
    assert refusal.code == "has_account"
    assert permissions.why_not_separate(member(register), third, NOW) is not None


def member(register: Register) -> User:
    return user_with("plain-member", Role.MEMBER, register.school, NOW)


def test_two_accounts_do_not_become_one(
    register: Register, first: Person, second: Person, office_user: User
) -> None:
    user_with("one", Role.MEMBER, register.village, NOW, first)
    user_with("two", Role.MEMBER, register.school, NOW, second)
    with refused("two_accounts"):
        merge(first, second, by=office_user)


def test_the_branch_counts_the_person_once(
    register: Register, first: Person, now: datetime
) -> None:
    village: Organization = register.village
    twin = operations.register_member(organization=village, name="张晓芳", on=FOUNDED, **PLAIN)
    before = ground.members_below(village, TODAY)
    merge(first, twin.person)
    assert ground.members_below(village, TODAY) == before - 1


def test_the_pages_find_compare_merge_and_undo(
    register: Register, first: Person, second: Person, clerk_user: User, client: Client
) -> None:
    client.force_login(clerk_user)
    person = reverse("register:person", args=[first.pk])
    assert reverse("register:same-person", args=[first.pk]) in client.get(person).content.decode()
    found = client.get(reverse("register:same-person", args=[first.pk]), {"q": "张小方"})
    address = reverse("register:merge-people", args=[first.pk, second.pk])
    assert address in found.content.decode()
    page = client.get(address).content.decode()
    assert "张小方" in page
    assert 'name="gender"' not in page  # one of them is silent
    answer = client.post(
        address, {"name": "other", "membership": "kept", "reason": "同一人"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == person
    first.refresh_from_db()
    assert first.name == "张小方"
    merged = reverse("register:person", args=[second.pk])
    assert merged in answer.content.decode()
    shown = client.get(merged).content.decode()
    assert "同一人" in shown
    undo = reverse("register:separate-people", args=[second.pk])
    assert undo in shown
    client.post(undo, {"reason": "不是"})
    second.refresh_from_db()
    assert second.merged_into is None


def test_two_numbers_are_two_people_until_somebody_says_otherwise(
    first: Person, second: Person, clerk_user: User, client: Client
) -> None:
    for person, number in ((first, "a"), (second, "b")):
        Person.objects.filter(pk=person.pk).update(identity_hash=number, identity_last4="1234")
    client.force_login(clerk_user)
    address = reverse("register:merge-people", args=[first.pk, second.pk])
    typed = {"name": "kept", "membership": "kept", "identity": "kept", "reason": "同一人"}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "surely" in refused.context["form"].errors
    assert client.post(address, {**typed, "surely": "on"}).status_code == 302


def test_two_numbers_that_end_alike_are_asked_about(first: Person, second: Person) -> None:
    first.identity_last4 = second.identity_last4 = "1234"
    first.identity_hash, second.identity_hash = "a", "b"
    asked = {row.name for row in compared(first, second) if row.is_asked}
    assert asked == {"name", "identity", "membership"}


def test_the_comparison_names_what_rests_on_both(
    register: Register, second: Person, office_user: User
) -> None:
    user_with("school", Role.MEMBER, register.school, NOW, register.people["school_secretary"])
    said = {label: (one, two) for label, one, two in resting(
        register.people["school_secretary"], second
    )}  # fmt: skip
    assert said["职务"] == ("青石中学党支部 支部书记", "青石中学党支部 委员")
    assert said["分管"] == ("—", "青石中学党支部")
    assert said["账号"] == ("school", "—")


def test_where_one_record_lies_outside_there_is_no_page(
    first: Person, second: Person, elsewhere: Person, clerk_user: User, client: Client
) -> None:
    client.force_login(clerk_user)
    for pair in ([first.pk, elsewhere.pk], [elsewhere.pk, first.pk], [first.pk, 999_999]):
        assert client.get(reverse("register:merge-people", args=pair)).status_code == 404
        assert client.post(reverse("register:merge-people", args=pair)).status_code == 404


def test_somebody_with_a_near_name_is_offered_without_a_search(
    register: Register, first: Person, clerk_user: User, client: Client
) -> None:
    twin = operations.register_member(
        organization=register.village, name="张晓芳", on=TODAY, **PLAIN
    ).person  # fmt: skip
    client.force_login(clerk_user)
    page = client.get(reverse("register:same-person", args=[first.pk])).content.decode()
    assert reverse("register:merge-people", args=[first.pk, twin.pk]) in page
    assert "王大山" not in page
    outside = client.get(reverse("register:same-person", args=[first.pk]), {"q": "郑强"})
    assert "郑强</a>" not in outside.content.decode()


def test_a_new_member_with_a_near_name_is_asked_about_once(
    register: Register, first: Person, clerk_user: User, client: Client
) -> None:
    client.force_login(clerk_user)
    address = reverse("register:register-member", args=[register.village.pk])
    typed = {"name": "张晓芳", "standing": "full", "on": "2011-06-01"}
    before = Person.objects.count()
    assert "another" not in client.get(address).content.decode()
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert reverse("register:person", args=[first.pk]) in answer.content.decode()
    assert 'name="another"' in answer.content.decode()
    assert Person.objects.count() == before
    assert client.post(address, {**typed, "another": "on"}).status_code == 302
    assert Person.objects.count() == before + 1
    # Another number, or a name that is not near, asks nothing.
    for more in ({"identity": identity_number(901)}, {"name": "钱七"}):
        assert client.post(address, {**typed, "name": "张小方", **more}).status_code == 302
    assert client.post(address, {**typed, "name": ""}).status_code == 422


def test_a_former_membership_of_the_kept_one_stays_as_it_is(
    register: Register, first: Person, second: Person
) -> None:
    before = everything()
    operations.end_membership(person=first, on=date(2011, 1, 1), reason="moved_away", **PLAIN)
    kept = merge(first, second, "membership")
    spans = kept.memberships.order_by("valid_from").values_list("organization__code", "valid_to")
    assert list(spans) == [("T1-1", date(2011, 1, 1)), ("T1-2", None)]
    separate(second)
    assert everything() != before
    assert first.memberships.get().valid_to == date(2011, 1, 1)


def test_a_part_that_a_merge_made_stays_where_it_was_changed_since(
    register: Register, first: Person, second: Person
) -> None:
    operations.end_membership(person=second, on=TODAY, reason="moved_away", **PLAIN)
    merge(second, first)
    operations.end_membership(person=second, on=LATER, reason="died", **PLAIN)
    separate(first)
    assert [row.valid_to for row in second.memberships.order_by("valid_from")] == [TODAY, LATER]
    assert first.memberships.get().valid_to is None


def test_what_went_back_to_one_record_is_not_given_to_another(
    register: Register, first: Person, second: Person
) -> None:
    user_with("fang", Role.MEMBER, register.school, NOW, second)
    before = everything()
    third = register.people["school_member"]
    merge(first, second)
    merge(third, first)
    assert User.objects.get().person == third
    with refused("merged_further"):
        separate(second)
    separate(first)
    separate(second)
    assert everything() == before
