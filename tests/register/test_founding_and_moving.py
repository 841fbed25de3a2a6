"""Founding, changing, moving and closing organizations."""

from datetime import date, datetime, timedelta

import pytest

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Affiliation, Organization
from pingyi.organizations.queries import organizations_below
from pingyi.register import operations, permissions
from tests.cast import FOUNDED, TODAY, Register

TOMORROW = TODAY + timedelta(days=1)


def founded(register: Register, by: User | None, now: datetime, **changes: object) -> Organization:
    values: dict[str, object] = {
        "code": "T1-4", "name": "清泉村党支部", "kind": "branch", "level": "grassroots",
        "sector": "rural", "parent": register.t1, "on": TODAY, "by": by, "now": now,
    }  # fmt: skip
    return operations.create_organization(**{**values, **changes})


def last_line() -> Entry:
    return Entry.objects.latest("seq")


def refused(code: str):
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_a_clerk_founds_a_branch_and_the_ledger_knows(
    register: Register, clerk_user: User, now: datetime
) -> None:
    branch = founded(register, clerk_user, now)
    assert branch.initials == "qqcdzb"
    assert ground.path_of(branch.pk, TODAY) == [register.county, register.t1, branch]
    assert last_line().kind == "organization.created"
    assert last_line().subject == "organization:T1-4"


def test_the_first_organization_has_nothing_above(db: None, now: datetime) -> None:
    top = operations.create_organization(
        code="X",
        name="县委",
        kind="committee",
        level="county",
        parent=None,
        on=TODAY,
        by=None,
        now=now,
    )
    assert not top.affiliations.exists()


def test_a_taken_code_is_refused_and_nothing_written(register: Register, now: datetime) -> None:
    before = Entry.objects.count()
    with refused("invalid") as caught:
        founded(register, None, now, code="T1-1")
    assert "编码" in str(caught.value) or "code" in str(caught.value).lower()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("code", ["T1/4", "..", "a?b", "a#b"])
def test_a_code_that_no_address_can_carry_is_refused(
    register: Register, now: datetime, code: str
) -> None:
    with refused("invalid") as caught:
        founded(register, None, now, code=code)
    assert f"“{code}”" in str(caught.value)
    branch = founded(register, None, now, code="Ｔ１—４")
    assert branch.code == "T1-4"
    with refused("invalid"):
        operations.change_organization(organization=branch, by=None, now=now, code=code)


def test_founding_outside_is_refused(
    register: Register, other_clerk_user: User, now: datetime
) -> None:
    with refused("outside"):
        founded(register, other_clerk_user, now)


def test_founding_before_the_parent_exists_is_refused(register: Register, now: datetime) -> None:
    with refused("not_yet"):
        founded(register, None, now, on=FOUNDED - timedelta(days=1))


def test_changing_a_name_changes_its_initials(
    register: Register, clerk_user: User, now: datetime
) -> None:
    changed = operations.change_organization(
        organization=register.village, name="柳林村党支部", sector=None, by=clerk_user, now=now
    )
    changed.refresh_from_db()
    assert (changed.name, changed.initials, changed.sector) == ("柳林村党支部", "llcdzb", None)
    assert last_line().kind == "organization.changed"


def test_changing_nothing_writes_nothing(register: Register, now: datetime) -> None:
    before = Entry.objects.count()
    operations.change_organization(
        organization=register.village, name=register.village.name, by=None, now=now
    )
    assert Entry.objects.count() == before


def test_a_moved_branch_stands_elsewhere_from_that_day(
    register: Register, office_user: User, now: datetime
) -> None:
    operations.move_organization(
        organization=register.village, parent=register.t2, on=TODAY, by=office_user, now=now
    )
    assert register.village in organizations_below([register.t2.pk], TODAY)
    assert register.village not in organizations_below([register.t1.pk], TODAY)
    yesterday = TODAY - timedelta(days=1)
    assert register.village in organizations_below([register.t1.pk], yesterday)
    assert last_line().kind == "organization.moved"


def test_a_move_on_the_day_of_the_last_one_corrects_it(register: Register, now: datetime) -> None:
    for parent in (register.t2, register.county):
        operations.move_organization(
            organization=register.village, parent=parent, on=TODAY, by=None, now=now
        )
    edges = Affiliation.objects.filter(organization=register.village)
    assert [edge.parent for edge in edges] == [register.t1, register.county]


def test_moves_that_make_no_sense_are_refused(
    register: Register, clerk_user: User, now: datetime
) -> None:
    def move(organization: Organization, parent: Organization, on: date, by: User | None = None):
        operations.move_organization(
            organization=organization, parent=parent, on=on, by=by, now=now
        )

    with refused("already_there"):
        move(register.village, register.t1, TODAY)
    with refused("circle"):
        move(register.t1, register.village, TODAY)
    with refused("not_yet"):
        move(register.village, register.t2, FOUNDED - timedelta(days=1))
    with refused("nothing_to_change"):
        move(register.county, founded(register, None, now, parent=None, code="Y"), TODAY)
    with refused("outside"):
        move(register.village, register.t2, TODAY, clerk_user)
    move(register.village, register.t2, TOMORROW)
    with refused("later_entry"):
        move(register.village, register.county, TODAY)


def test_a_circle_that_a_later_move_would_close_is_refused(
    register: Register, now: datetime
) -> None:
    operations.move_organization(
        organization=register.t2, parent=register.t1, on=TOMORROW, by=None, now=now
    )
    with refused("circle"):
        operations.move_organization(
            organization=register.t1, parent=register.t2, on=TODAY, by=None, now=now
        )


def test_an_empty_branch_is_closed_with_its_posts(
    register: Register, clerk_user: User, now: datetime
) -> None:
    branch = founded(register, None, now, on=FOUNDED)
    leader = register.people["t1_leader"]
    operations.appoint(
        person=leader, organization=branch, title="书记", on=FOUNDED, by=None, now=now
    )
    operations.appoint(
        person=leader, organization=branch, title="委员", on=TOMORROW, by=None, now=now
    )
    operations.put_in_charge(person=leader, organization=branch, on=FOUNDED, by=None, now=now)
    closed = operations.close_organization(organization=branch, on=TODAY, by=clerk_user, now=now)
    assert closed.valid_to == TODAY
    assert [post.valid_to for post in branch.posts.all()] == [TODAY]
    assert [charge.valid_to for charge in branch.charges.all()] == [TODAY]
    assert branch.pk not in {row.id for row in ground.tree_on(TODAY)}
    assert last_line().kind == "organization.closed"
    with refused("closed"):
        operations.admit_member(
            person=operations.add_person(name="林新", by=None, now=now),
            organization=branch, on=TODAY, by=None, now=now,
        )  # fmt: skip


def test_closing_is_refused_while_somebody_is_left(register: Register, now: datetime) -> None:
    with refused("not_empty") as caught:
        operations.close_organization(organization=register.village, on=TODAY, by=None, now=now)
    assert str(caught.value) == "柳湾村党支部在 2011年6月1日 还有党员 3 名，请先转移。"
    with refused("not_empty") as caught:
        operations.close_organization(organization=register.t1, on=TODAY, by=None, now=now)
    assert "下级党组织 3 个" in str(caught.value)
    button = permissions.why_not_close_organization(None, register.t1, TODAY, now)
    assert str(button) == str(caught.value)


def test_closing_on_the_first_day_or_twice_is_refused(register: Register, now: datetime) -> None:
    branch = founded(register, None, now)
    with refused("not_yet"):
        operations.close_organization(organization=branch, on=TODAY, by=None, now=now)
    operations.close_organization(organization=branch, on=TOMORROW, by=None, now=now)
    with refused("closed"):
        operations.close_organization(organization=branch, on=TOMORROW, by=None, now=now)


def test_a_second_affiliation_is_never_counted_by(register: Register, now: datetime) -> None:
    edge = operations.add_secondary_affiliation(
        organization=register.school, parent=register.t2, on=TODAY, by=None, now=now
    )
    assert ground.secondary_parents(register.school, TODAY) == [edge]
    assert register.school not in organizations_below([register.t2.pk], TODAY)
    for parent, code in ((register.t2, "already_there"), (register.t1, "already_there")):
        with refused(code):
            operations.add_secondary_affiliation(
                organization=register.school, parent=parent, on=TODAY, by=None, now=now
            )
    with refused("circle"):
        operations.add_secondary_affiliation(
            organization=register.t1, parent=register.school, on=TODAY, by=None, now=now
        )


def test_a_second_affiliation_ends_and_the_formal_one_does_not(
    register: Register, now: datetime
) -> None:
    edge = operations.add_secondary_affiliation(
        organization=register.school, parent=register.t2, on=TODAY, by=None, now=now
    )
    with refused("ends_before_it_begins"):
        operations.end_secondary_affiliation(affiliation=edge, on=TODAY, by=None, now=now)
    operations.end_secondary_affiliation(affiliation=edge, on=TOMORROW, by=None, now=now)
    assert ground.secondary_parents(register.school, TOMORROW) == []
    with refused("ended"):
        operations.end_secondary_affiliation(affiliation=edge, on=TOMORROW, by=None, now=now)
    formal = register.school.affiliations.get(kind="formal")
    with refused("formal"):
        operations.end_secondary_affiliation(affiliation=formal, on=TOMORROW, by=None, now=now)
