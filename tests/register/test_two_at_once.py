"""Two people at the same part of the register: the second one sees what the first did."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.operations.accounts import link_person
from pingyi.core.refusals import Refusal
from pingyi.ledger.queries.verification import verify
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Affiliation, Organization, Person
from pingyi.register import operations
from pingyi.register.permissions import why_not_separate
from tests.at_once import AtOnce, Beside, refused
from tests.cast import TODAY, Register, user_with

TOMORROW = TODAY + timedelta(days=1)
LATER = TODAY + timedelta(days=2)


@pytest.fixture
def deed(now: datetime) -> dict[str, Any]:
    """On the command line, today."""
    return {"on": TODAY, "by": None, "now": now}


@pytest.fixture
def tomorrow(deed: dict[str, Any]) -> dict[str, Any]:
    return {**deed, "on": TOMORROW}


@pytest.fixture
def later(deed: dict[str, Any]) -> dict[str, Any]:
    return {**deed, "on": LATER}


@pytest.fixture
def empty_branch(register: Register, deed: dict[str, Any]) -> Organization:
    """A branch without members, which can be closed."""
    return operations.create_organization(
        code="T1-4", name="清泉村党支部", kind="branch", level="grassroots", sector="rural",
        parent=register.t1, **deed,
    )  # fmt: skip


@pytest.mark.lock("tree.lock_the_tree")
def test_two_moves_do_not_close_a_circle(
    at_once: AtOnce, register: Register, deed: dict[str, Any]
) -> None:
    def move(organization: Organization, parent: Organization) -> Affiliation:
        return operations.move_organization(organization=organization, parent=parent, **deed)

    with refused("circle"):
        at_once(
            lambda: move(register.t1, register.t2_village),
            lambda: move(register.t2, register.village),
        )


@pytest.mark.lock("organizations.locked_organization", "organizations.organization_held")
def test_nobody_joins_an_organization_that_is_being_closed(
    at_once: AtOnce, empty_branch: Organization, tomorrow: dict[str, Any], now: datetime
) -> None:
    person = operations.add_person(name="孙一", by=None, now=now)
    with refused("closed"):
        at_once(
            lambda: operations.close_organization(organization=empty_branch, **tomorrow),
            lambda: operations.admit_member(person=person, organization=empty_branch, **tomorrow),
        )


@pytest.mark.lock("organizations.organization_held")
def test_two_join_an_organization_beside_each_other(
    beside: Beside, register: Register, deed: dict[str, Any]
) -> None:
    person = operations.add_person(name="孙一", by=None, now=deed["now"])
    beside(
        lambda: ground.organization_held(register.village),
        lambda: operations.admit_member(person=person, organization=register.village, **deed),
    )


@pytest.mark.lock("organizations.organization_held")
def test_an_organization_is_closed_after_whoever_joins_it(
    at_once: AtOnce, empty_branch: Organization, tomorrow: dict[str, Any], now: datetime
) -> None:
    person = operations.add_person(name="孙一", by=None, now=now)
    with refused("not_empty"):
        at_once(
            lambda: operations.admit_member(person=person, organization=empty_branch, **tomorrow),
            lambda: operations.close_organization(organization=empty_branch, **tomorrow),
        )


@pytest.mark.lock("tree.lock_the_tree")
def test_nothing_is_placed_under_an_organization_that_is_being_closed(
    at_once: AtOnce, register: Register, empty_branch: Organization, tomorrow: dict[str, Any]
) -> None:
    with refused("closed"):
        at_once(
            lambda: operations.close_organization(organization=empty_branch, **tomorrow),
            lambda: operations.move_organization(
                organization=register.school, parent=empty_branch, **tomorrow
            ),
        )


@pytest.mark.lock("organizations.locked_organizations")
def test_whoever_is_joining_goes_along_when_organizations_merge(
    at_once: AtOnce, register: Register, deed: dict[str, Any], tomorrow: dict[str, Any]
) -> None:
    person = operations.add_person(name="孙一", by=None, now=deed["now"])
    at_once(
        lambda: operations.admit_member(person=person, organization=register.village, **deed),
        lambda: operations.merge_organizations(
            organizations=[register.village], into=register.school, **tomorrow
        ),
    )
    assert person.memberships.get(valid_to=None).organization == register.school


@pytest.mark.lock("record.locked_person")
def test_nobody_joins_two_organizations(
    at_once: AtOnce, register: Register, deed: dict[str, Any]
) -> None:
    person = operations.add_person(name="孙一", by=None, now=deed["now"])
    with refused("member_already"):
        at_once(
            *(
                lambda place=place: operations.admit_member(
                    person=person, organization=place, **deed
                )
                for place in (register.village, register.school)
            )
        )


@pytest.mark.lock("record.carry_over")
def test_a_post_that_is_being_ended_does_not_go_on_elsewhere(
    at_once: AtOnce, register: Register, deed: dict[str, Any], tomorrow: dict[str, Any]
) -> None:
    post = register.people["village_secretary"].posts.get()
    at_once(
        lambda: operations.end_post(post=post, **deed),
        lambda: operations.merge_organizations(
            organizations=[register.village], into=register.school, **tomorrow
        ),
    )
    holders = [post.person for post in ground.posts_of(register.school, TOMORROW)]
    assert holders == [register.people["school_secretary"]]


@pytest.mark.lock("memberships._membership_on")
def test_a_membership_that_goes_on_elsewhere_is_not_ended_here(
    at_once: AtOnce, register: Register, tomorrow: dict[str, Any], later: dict[str, Any]
) -> None:
    person = register.people["village_member"]
    with refused("nothing_to_change"):
        at_once(
            lambda: operations.merge_organizations(
                organizations=[register.village], into=register.school, **tomorrow
            ),
            lambda: operations.end_membership(person=person, reason="died", **later),
        )
    assert list(person.memberships.values_list("organization__code", "valid_to")) == [
        ("T1-1", TOMORROW), ("T1-2", None),
    ]  # fmt: skip


@pytest.mark.lock("posts.correct_post")
def test_a_post_is_corrected_as_it_is_by_then(
    at_once: AtOnce, register: Register, deed: dict[str, Any], now: datetime
) -> None:
    """What the first correction left is what the second one finds: it is no news any more."""
    person = register.people["village_member"]
    post = operations.appoint(person=person, organization=register.village, title="委员", **deed)
    said = {"title": "宣传委员", "category": None, "reason": "误", "by": None, "now": now}
    with refused("already_so"):
        at_once(
            lambda: operations.correct_post(post=post, **said),
            lambda: operations.correct_post(post=post, **said),
        )
    assert verify().is_whole


@pytest.mark.lock("posts.end_post")
def test_a_post_does_not_outlive_its_organization(
    at_once: AtOnce,
    register: Register,
    empty_branch: Organization,
    deed: dict[str, Any],
    tomorrow: dict[str, Any],
    later: dict[str, Any],
) -> None:
    person = register.people["village_member"]
    post = operations.appoint(person=person, organization=empty_branch, title="支部书记", **deed)
    with refused("ended"):
        at_once(
            lambda: operations.close_organization(organization=empty_branch, **tomorrow),
            lambda: operations.end_post(post=post, **later),
        )


@pytest.mark.lock("posts.end_charge")
def test_a_charge_does_not_outlive_its_organization(
    at_once: AtOnce,
    register: Register,
    empty_branch: Organization,
    deed: dict[str, Any],
    tomorrow: dict[str, Any],
    later: dict[str, Any],
) -> None:
    person = register.people["t1_leader"]
    charge = operations.put_in_charge(person=person, organization=empty_branch, **deed)
    with refused("ended"):
        at_once(
            lambda: operations.close_organization(organization=empty_branch, **tomorrow),
            lambda: operations.end_charge(charge=charge, **later),
        )


@pytest.mark.lock("tree.end_secondary_affiliation")
def test_a_second_affiliation_does_not_outlive_the_organization_above(
    at_once: AtOnce,
    register: Register,
    empty_branch: Organization,
    deed: dict[str, Any],
    tomorrow: dict[str, Any],
    later: dict[str, Any],
) -> None:
    second = operations.add_secondary_affiliation(
        organization=register.school, parent=empty_branch, **deed
    )
    with refused("ended"):
        at_once(
            lambda: operations.close_organization(organization=empty_branch, **tomorrow),
            lambda: operations.end_secondary_affiliation(affiliation=second, **later),
        )


@pytest.mark.lock("organizations.register_held")
@pytest.mark.parametrize("other", ["appoint", "end_post", "rename", "put_in_charge"])
@pytest.mark.parametrize("order", ["first", "second"])
def test_the_ledger_stands_for_what_two_deeds_did_to_one_person(
    at_once: AtOnce, register: Register, deed: dict[str, Any], empty_branch: Organization,
    later: dict[str, Any], now: datetime, other: str, order: str,
) -> None:  # fmt: skip
    """Closing an organization ends posts and charges, and says how their people stand then."""
    person = register.people["school_secretary"]
    post = operations.appoint(person=person, organization=empty_branch, title="联络员", **deed)
    operations.put_in_charge(person=person, organization=empty_branch, **deed)
    plain = {"by": None, "now": now}
    deeds = {
        "appoint": lambda: operations.appoint(
            person=person, organization=register.village, title="委员", **later
        ),
        "end_post": lambda: operations.end_post(post=post, **later),
        "rename": lambda: operations.change_person(
            person=person, name="赵文改", gender="", born_on=None, joined_on=None, **plain
        ),
        "put_in_charge": lambda: operations.put_in_charge(
            person=person, organization=register.village, **later
        ),
    }

    def close() -> None:
        operations.close_organization(organization=empty_branch, **later)

    both = (close, deeds[other]) if order == "first" else (deeds[other], close)
    try:
        at_once(*both)
    except Refusal:
        assert other == "end_post"
    assert verify().is_whole


def test_a_merge_that_somebody_else_undid_meanwhile(register: Register, now: datetime) -> None:
    """Seen in a storm of 64: a page had read the person, and the merge was gone."""
    kept, other = register.people["school_member"], register.people["village_member"]
    given: dict[str, Any] = {"reason": "重复登记", "by": None, "now": now}
    operations.merge_people(kept=kept, other=other, taking=(), **given)
    read = Person.objects.select_related("merged_into").get(pk=other.pk)
    operations.separate_people(person=other, **given)
    assert getattr(why_not_separate(None, read, now), "code", "") == "not_merged"


@pytest.mark.lock("organizations.register_locked", "organizations.register_held")
@pytest.mark.parametrize("first", ["merge", "link"])
def test_no_account_is_left_with_a_record_that_is_being_merged(
    at_once: AtOnce, register: Register, now: datetime, first: str
) -> None:
    kept, other = register.people["school_member"], register.people["village_member"]
    user = user_with("fang", Role.MEMBER, register.village, now)
    deeds = {
        "merge": lambda: operations.merge_people(
            kept=kept, other=other, taking=(), reason="重复登记", by=None, now=now
        ),
        "link": lambda: link_person(user=user, person=other, by=None, now=now),
    }
    if first == "merge":
        with refused("outside"):
            at_once(deeds["merge"], deeds["link"])
    else:
        at_once(deeds["link"], deeds["merge"])
        user.refresh_from_db()
        assert user.person == kept


@pytest.mark.lock("organizations.register_locked")
def test_two_records_are_merged_once(at_once: AtOnce, register: Register, now: datetime) -> None:
    one, two = register.people["school_member"], register.people["village_member"]
    said = {"taking": (), "reason": "重复登记", "by": None, "now": now}
    with refused("merged"):
        at_once(
            lambda: operations.merge_people(kept=one, other=two, **said),
            lambda: operations.merge_people(kept=two, other=one, **said),
        )
    assert verify().is_whole


@pytest.mark.lock("organizations.register_locked", "organizations.register_held")
def test_a_post_that_is_being_given_is_merged_too(
    at_once: AtOnce, register: Register, deed: dict[str, Any]
) -> None:
    one, two = register.people["school_member"], register.people["village_member"]
    at_once(
        lambda: operations.appoint(person=two, organization=register.village, title="委员", **deed),
        lambda: operations.merge_people(
            kept=one, other=two, taking=(), reason="重复登记", by=None, now=deed["now"]
        ),
    )
    assert one.posts.get().title == "委员"
    assert verify().is_whole
