"""The one cast of persons for all rooms: a small register and a user for each role.

松山县 (fictitious) has two townships. 青石镇 (t1) has a village, a school and an office branch;
白水镇 (t2) has one village branch. Everything is founded on FOUNDED and built through operations.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations import create_account
from pingyi.organizations.models import Organization, Person
from pingyi.organizations.rules.identity import check_digit
from pingyi.rosters.operations import import_rows
from tests.kept import kept

FOUNDED = date(2010, 1, 1)
NOW = datetime(2011, 6, 1, 2, 0, tzinfo=UTC)
TODAY = date(2011, 6, 1)
PASSWORD = "Cast-of-2011-green-stone"

# code, name, kind, level, parent, sector
ORGANIZATIONS = [
    ("X", "中共松山县委员会", "committee", "county", None, None),
    ("T1", "中共青石镇委员会", "committee", "township", "X", None),
    ("T2", "中共白水镇委员会", "committee", "township", "X", None),
    ("T1-1", "柳湾村党支部", "branch", "grassroots", "T1", "rural"),
    ("T1-2", "青石中学党支部", "branch", "grassroots", "T1", "school"),
    ("T1-3", "青石镇机关党支部", "branch", "grassroots", "T1", "government"),
    ("T2-1", "石桥村党支部", "branch", "grassroots", "T2", "rural"),
]

# key, name, organization of the membership, standing
PEOPLE = [
    ("county_leader", "高远", "T1-3", "full"),
    ("t1_secretary", "陈卫东", "T1-3", "full"),
    ("t1_leader", "李秀兰", "T1-3", "full"),
    ("village_secretary", "王大山", "T1-1", "full"),
    ("village_member", "张小芳", "T1-1", "full"),
    ("village_probationer", "刘洋", "T1-1", "probationary"),
    ("school_secretary", "赵文", "T1-2", "full"),
    ("school_member", "孙丽", "T1-2", "full"),
    ("t2_secretary", "周明", "T2-1", "full"),
    ("t2_village_secretary", "吴桂英", "T2-1", "full"),
    ("t2_member", "郑强", "T2-1", "full"),
]

# person, organization, title, category
POSTS = [
    ("county_leader", "X", "县委常委", "county_standing"),
    ("t1_secretary", "T1", "党委书记", "township_secretary"),
    ("t1_leader", "T1", "党委副书记", "township_leader"),
    ("t1_leader", "T1-3", "支部书记", "grassroots_secretary"),
    ("village_secretary", "T1-1", "支部书记", "grassroots_secretary"),
    ("school_secretary", "T1-2", "支部书记", "grassroots_secretary"),
    ("t2_secretary", "T2", "党委书记", "township_secretary"),
    ("t2_village_secretary", "T2-1", "支部书记", "grassroots_secretary"),
]

# person, organization in their charge
CHARGES = [
    ("county_leader", "T1"),
    ("county_leader", "T2"),
    ("t1_secretary", "T1-2"),
    ("t1_secretary", "T1-3"),
    ("t1_leader", "T1-1"),
    ("t2_secretary", "T2-1"),
]


def identity_number(serial: int) -> str:
    """A sound identity number of nobody (area 000000 does not exist)."""
    first = f"00000019700101{serial:03d}"
    return first + check_digit(first)


@dataclass(frozen=True)
class Register:
    """The organizations by their place, the people by what they are (keys of PEOPLE)."""

    county: Organization
    t1: Organization
    t2: Organization
    village: Organization
    school: Organization
    office_branch: Organization
    t2_village: Organization
    people: dict[str, Person]


def build_register(now: datetime) -> Register:
    """The small register, imported from the command line."""
    named = {
        key: (name, identity_number(serial))
        for serial, (key, name, _home, _standing) in enumerate(PEOPLE, start=1)
    }
    places = import_rows(
        sheets={
            "organizations": [
                (code, name, kind, level, sector, parent, FOUNDED)
                for code, name, kind, level, parent, sector in ORGANIZATIONS
            ],
            "members": [
                (*named[key], None, None, home, standing, FOUNDED)
                for key, _name, home, standing in PEOPLE
            ],
            "posts": [
                (*named[key], place, title, category, FOUNDED, None)
                for key, place, title, category in POSTS
            ],
            "charges": [(*named[key], place, FOUNDED, None) for key, place in CHARGES],
        },
        scope=None,
        effective_on=FOUNDED,
        by=None,
        now=now,
    )
    people = {person.name: person for person in Person.objects.all()}
    codes = ["X", "T1", "T2", "T1-1", "T1-2", "T1-3", "T2-1"]
    return Register(
        *(places[code] for code in codes),
        people={key: people[name] for key, name, _home, _standing in PEOPLE},
    )


def user_with(
    username: str,
    role: Role,
    organization: Organization,
    now: datetime,
    person: Person | None = None,
) -> User:
    """A signed-up user with one role at one organization."""

    def build() -> User:
        return create_account(
            username=username,
            name=person.name if person else username,
            password=PASSWORD,
            role=role,
            organization=organization,
            person=person,
            by=None,
            now=now,
        )

    return kept("user", build, username, role, organization.pk, person and person.pk, now)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def register(db: None, now: datetime) -> Register:
    return kept("register", lambda: build_register(now), now)


@pytest.fixture
def office_user(register: Register, now: datetime) -> User:
    return user_with("office", Role.OFFICE, register.county, now)


@pytest.fixture
def clerk_user(register: Register, now: datetime) -> User:
    return user_with("clerk", Role.CLERK, register.t1, now)


@pytest.fixture
def other_clerk_user(register: Register, now: datetime) -> User:
    return user_with("other-clerk", Role.CLERK, register.t2, now)


@pytest.fixture
def secretary_user(register: Register, now: datetime) -> User:
    person = register.people["t1_secretary"]
    return user_with("secretary", Role.SECRETARY, register.t1, now, person)


@pytest.fixture
def branch_secretary_user(register: Register, now: datetime) -> User:
    person = register.people["village_secretary"]
    return user_with("branch-secretary", Role.BRANCH_SECRETARY, register.village, now, person)


@pytest.fixture
def member_user(register: Register, now: datetime) -> User:
    person = register.people["village_member"]
    return user_with("member", Role.MEMBER, register.village, now, person)


@pytest.fixture
def inspector_user(register: Register, now: datetime) -> User:
    return user_with("inspector", Role.INSPECTOR, register.county, now)
