"""An organization is split or merged from a day; its history stays readable."""

from datetime import datetime, timedelta

import pytest

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Organization, Succession
from pingyi.organizations.queries import organizations_below
from pingyi.register import operations
from pingyi.register.operations import SplitPart
from tests.cast import FOUNDED, TODAY, Register

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def refused(code: str):
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def part(code: str, *people: int, organizations: frozenset[int] = frozenset()) -> SplitPart:
    return SplitPart(
        code, f"{code}党支部", "branch", "grassroots", "rural", frozenset(people), organizations
    )


def split(organization: Organization, *parts: SplitPart, now: datetime, **more: object):
    values = {"on": TODAY, "by": None, "now": now, **more}
    return operations.split_organization(organization=organization, parts=parts, **values)


def test_a_part_takes_its_members_and_the_rest_stays(
    register: Register, clerk_user: User, now: datetime
) -> None:
    person = register.people["village_member"]
    [new] = split(register.village, part("T1-5", person.pk), now=now, by=clerk_user)
    assert [row.person for row in ground.members_of(new, TODAY)] == [person]
    assert ground.members_of(register.village, TODAY).count() == 2
    assert ground.members_of(register.village, YESTERDAY).count() == 3
    assert ground.path_of(new.pk, TODAY) == [register.county, register.t1, new]
    in_charge = [charge.person for charge in ground.charges_of(new, TODAY)]
    assert in_charge == [register.people["t1_leader"]]
    assert ground.history_of(register.village).became[0].successor == new
    assert ground.history_of(new).came_from[0].predecessor == register.village


def test_a_closing_split_takes_everybody_and_the_posts(register: Register, now: datetime) -> None:
    secretary = register.people["village_secretary"]
    others = [register.people[key].pk for key in ("village_member", "village_probationer")]
    with refused("not_empty"):
        split(register.village, part("A", secretary.pk), now=now, closes=True)
    first, second = split(
        register.village, part("A", secretary.pk), part("B", *others), now=now, closes=True
    )
    register.village.refresh_from_db()
    assert register.village.valid_to == TODAY
    assert [post.person for post in ground.posts_of(first, TODAY)] == [secretary]
    assert ground.posts_of(second, TODAY) == []
    assert ground.members_of(second, TODAY).count() == 2


def test_a_part_takes_organizations_along(register: Register, now: datetime) -> None:
    [new] = split(register.t1, part("T3", organizations=frozenset({register.school.pk})), now=now)
    assert ground.path_of(register.school.pk, TODAY) == [register.county, new, register.school]


def test_a_split_names_only_its_own_and_only_once(register: Register, now: datetime) -> None:
    person = register.people["village_member"]
    with refused("not_its_own"):
        split(register.village, now=now)
    with refused("not_its_own"):
        split(register.village, part("A", register.people["t2_member"].pk), now=now)
    with refused("not_its_own"):
        split(register.t1, part("A", organizations=frozenset({register.t2_village.pk})), now=now)
    with refused("named_twice"):
        split(register.village, part("A", person.pk), part("B", person.pk), now=now)
    twice = frozenset({register.school.pk})
    with refused("named_twice"):
        split(register.t1, part("A", organizations=twice), part("B", organizations=twice), now=now)
    with refused("nothing_to_change"):
        split(register.county, part("A"), now=now)


def test_a_merged_organization_goes_on_in_the_other(
    register: Register, clerk_user: User, now: datetime
) -> None:
    leader = register.people["t1_leader"]
    operations.put_in_charge(
        person=leader, organization=register.school, on=FOUNDED, by=None, now=now
    )
    late = operations.register_member(
        organization=register.village, name="林新", on=TOMORROW, by=None, now=now
    )
    operations.merge_organizations(
        organizations=[register.village], into=register.school, on=TODAY, by=clerk_user, now=now
    )
    assert ground.members_of(register.school, TODAY).count() == 5
    assert ground.members_of(register.school, TOMORROW).count() == 6
    late.refresh_from_db()
    assert (late.organization, late.valid_from) == (register.school, TOMORROW)
    assert ground.members_of(register.village, YESTERDAY).count() == 3
    assert {post.title for post in ground.posts_of(register.school, TODAY)} == {"支部书记"}
    assert len(ground.posts_of(register.school, TODAY)) == 2
    in_charge = [charge.person for charge in ground.charges_of(register.school, TODAY)]
    assert sorted(person.pk for person in in_charge) == sorted(
        [leader.pk, register.people["t1_secretary"].pk]
    )
    register.village.refresh_from_db()
    assert register.village.valid_to == TODAY
    assert Succession.objects.get().kind == "merge"


def test_organizations_below_move_when_townships_merge(
    register: Register, office_user: User, now: datetime
) -> None:
    operations.merge_organizations(
        organizations=[register.t2], into=register.t1, on=TODAY, by=office_user, now=now
    )
    assert register.t2_village in organizations_below([register.t1.pk], TODAY)
    leaders = [charge.person for charge in ground.charges_of(register.t1, TODAY)]
    assert leaders == [register.people["county_leader"]]


def test_a_post_held_at_two_merged_organizations_is_held_once(
    register: Register, now: datetime
) -> None:
    person = register.people["school_secretary"]
    for place in (register.village, register.office_branch):
        operations.appoint(
            person=person, organization=place, title="指导员", on=FOUNDED, by=None, now=now
        )
    operations.merge_organizations(
        organizations=[register.village, register.office_branch], into=register.school,
        on=TODAY, by=None, now=now,
    )  # fmt: skip
    titles = [post.title for post in ground.posts_of(register.school, TODAY)]
    assert titles.count("指导员") == 1


def test_merging_into_itself_or_something_below_is_refused(
    register: Register, now: datetime
) -> None:
    for sources in ([], [register.t1, register.t2]):
        with refused("into_itself"):
            operations.merge_organizations(
                organizations=sources, into=register.t2, on=TODAY, by=None, now=now
            )
    with refused("circle"):
        operations.merge_organizations(
            organizations=[register.t1], into=register.village, on=TODAY, by=None, now=now
        )
