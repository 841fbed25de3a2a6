"""The register of the invented county: 23 townships, 60 county units, about 40,000 members."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle
from random import Random
from typing import NamedTuple

from faker import Faker

from pingyi.demo import names
from pingyi.organizations.rules.identity import check_digit

FOUNDED = date(2005, 1, 1)
FOUNDED_POST = date(2010, 1, 1)
COUNTY_CODE = "YL"
MODEL_CODE = "SFZ"

# The township of the notice: branches and members by sector (mission/annexes.golden.json).
MODEL_SECTORS = [
    ("rural", "村党支部", 20, 1030),
    ("community", "社区党支部", 2, 84),
    ("soe_finance", "信用社党支部", 1, 19),
    ("government", "机关党支部", 2, 41),
    ("school", "学校党支部", 2, 49),
    ("healthcare", "卫生院党支部", 1, 10),
    ("other_institution", "站所党支部", 3, 44),
]
MODEL_LEADERS = 6

# What else a township has besides villages: sector, name, how many, members from - to.
TOWNSHIP_BRANCHES = [
    ("community", "居委会党支部", 2, 25, 50),
    ("government", "机关党支部", 2, 18, 32),
    ("school", "中学党支部", 1, 18, 35),
    ("school", "中心小学党支部", 2, 12, 28),
    ("healthcare", "中心卫生院党支部", 1, 8, 20),
    ("other_institution", "农技站党支部", 1, 6, 14),
    ("soe_finance", "信用社党支部", 1, 5, 15),
    ("private", "茶业合作社党支部", 1, 4, 12),
]


Cells = list[str | date | None]


class Person(NamedTuple):
    """How a row names a person."""

    name: str
    identity: str


@dataclass(frozen=True)
class NamePool:
    """Family and given names drawn from Faker once: forty thousand single draws take too long."""

    families: list[str]
    female: list[str]
    male: list[str]

    @classmethod
    def of(cls, seed: int) -> "NamePool":
        """Names by Faker zh_CN, as frequent as they are there."""
        faker = Faker("zh_CN")
        faker.seed_instance(seed)
        return cls(
            [faker.last_name() for _ in range(600)],
            [faker.first_name_female() for _ in range(900)],
            [faker.first_name_male() for _ in range(900)],
        )

    def draw(self, random: Random, *, female: bool) -> str:
        """A name."""
        return random.choice(self.families) + random.choice(self.female if female else self.male)


@dataclass
class County:
    """The rows of the four sheets of a roster, as somebody in the county would fill them in."""

    random: Random
    names: "NamePool"
    organizations: list[Cells] = field(default_factory=list)
    members: list[Cells] = field(default_factory=list)
    posts: list[Cells] = field(default_factory=list)
    charges: list[Cells] = field(default_factory=list)
    village_names: set[str] = field(default_factory=set)

    @property
    def sheets(self) -> Mapping[str, list[Cells]]:
        """The rows by the key of their sheet."""
        return {
            "organizations": self.organizations,
            "members": self.members,
            "posts": self.posts,
            "charges": self.charges,
        }

    def organization(
        self, code: str, name: str, kind: str, level: str, parent: str | None, sector: str | None
    ) -> None:
        """Add an organization; kind and level in the words of the sheet."""
        self.organizations.append([code, name, kind, level, sector, parent, FOUNDED])

    def person(self, home: str) -> Person:
        """Add a person who is a member of an organization."""
        serial = len(self.members) + 1
        female = self.random.random() < 0.27
        born = date(
            self.random.randint(1935, 1990), self.random.randint(1, 12), self.random.randint(1, 28)
        )
        # Area 000000 does not exist, so nobody has this number.
        first = f"000000{born:%Y%m%d}{serial % 1000:03d}"
        person = Person(self.names.draw(self.random, female=female), _unique(first, serial))
        # Most of them joined long before their organization was founded.
        age = 19 + 3 * self.random.randint(0, 5)
        joined = date(min(born.year + age, 2010), self.random.randint(1, 12), 1)
        standing = "预备党员" if self.random.random() < 0.03 else "正式党员"
        self.members.append([*person, "女" if female else "男", born, home, standing, joined])
        return person

    def post(self, person: Person, code: str, title: str, category: str) -> None:
        """Give a person a post."""
        self.posts.append([*person, code, title, category, FOUNDED_POST, None])

    def charge(self, person: Person, code: str) -> None:
        """Put a person in charge of an organization."""
        self.charges.append([*person, code, FOUNDED_POST, None])


def _unique(first: str, serial: int) -> str:
    """An identity number of nobody; the area part carries what three digits cannot."""
    number = f"{serial // 1000:06d}"[-6:] + first[6:]
    return number + check_digit(number)


def build(seed: int = 2011, *, times: int = 1) -> County:
    """All rows of the county, the same for the same seed; with so many times the townships and
    county units, each lot with names of its own.
    """
    random = Random(seed)  # noqa: S311  invented data, not secrets
    county = County(random, NamePool.of(seed))
    county.organization(COUNTY_CODE, f"中共{names.COUNTY}委员会", "党委", "县", None, None)
    leaders = _county_office(county)
    _model_township(county, next(leaders))
    for lot in range(times):
        county.village_names.clear()
        for number, name in enumerate(names.TOWNSHIPS, start=1 + lot * len(names.TOWNSHIPS)):
            _township(county, f"X{number:02d}", _of_lot(name, lot), next(leaders))
        first = 1 + lot * len(names.COUNTY_UNITS)
        for number, (name, sector) in enumerate(names.COUNTY_UNITS, start=first):
            _county_unit(county, f"D{number:02d}", _of_lot(name, lot), sector, next(leaders))
    return county


def _of_lot(name: str, lot: int) -> str:
    return f"{name}（{lot + 1}）" if lot else name


def _county_office(county: County) -> Iterator[Person]:
    """The county leaders, members of the committee's own branch, dealt out over all units."""
    code = f"{COUNTY_CODE}-1"
    county.organization(
        code, f"{names.COUNTY}四大家领导党支部", "党支部", "基层", COUNTY_CODE, "government"
    )
    people = [county.person(code) for _ in range(24)]
    county.post(people[0], COUNTY_CODE, "县委书记", "county_secretary")
    for person in people[1:11]:
        county.post(person, COUNTY_CODE, "县委常委", "county_standing")
    county.post(people[1], code, "支部书记", "grassroots_secretary")
    county.charge(people[0], code)
    return cycle(people[:11])


def _model_township(county: County, in_charge: Person) -> None:
    """31 branches and 1,277 members with the sectors and posts of the notice."""
    _committee(county, MODEL_CODE, names.MODEL_TOWNSHIP, in_charge, level="乡镇街道")
    branches: list[str] = []
    office: list[Person] = []
    for sector, tail, count, members in MODEL_SECTORS:
        sizes = _sizes(members, count)
        for index in range(count):
            code = f"{MODEL_CODE}-{len(branches) + 1:02d}"
            branches.append(code)
            name = _branch_name(county, names.MODEL_TOWNSHIP, sector, tail, index, count)
            people = _branch(county, code, name, MODEL_CODE, sector, sizes[index])
            if sector == "government" and not office:
                office = people
    # The leading group are members of the office branch, after its secretary.
    leaders = office[1 : 2 + MODEL_LEADERS]
    _leading_group(county, MODEL_CODE, leaders, branches, township=True)


def _township(county: County, code: str, name: str, in_charge: Person) -> None:
    _committee(county, code, name, in_charge, level="乡镇街道")
    branches: list[str] = []
    office: list[Person] = []
    plan = [("rural", "村党支部", county.random.randint(34, 44), 22, 38), *TOWNSHIP_BRANCHES]
    for sector, tail, count, least, most in plan:
        for index in range(count):
            branch = f"{code}-{len(branches) + 1:02d}"
            branches.append(branch)
            label = _branch_name(county, name, sector, tail, index, count)
            people = _branch(
                county, branch, label, code, sector, county.random.randint(least, most)
            )
            if sector == "government" and not office:
                office = people
    _leading_group(county, code, office[1:9], branches, township=True)


def _county_unit(county: County, code: str, name: str, sector: str, in_charge: Person) -> None:
    _committee(county, code, name, in_charge, level="县直单位")
    branches: list[str] = []
    homes: list[list[Person]] = []
    for index in range(county.random.randint(3, 7)):
        branch = f"{code}-{index + 1:02d}"
        branches.append(branch)
        label = f"{name}{names.DEPARTMENTS[index % len(names.DEPARTMENTS)]}党支部"
        size = county.random.randint(14, 38)
        homes.append(_branch(county, branch, label, code, sector, size))
    _leading_group(county, code, homes[0][1:6], branches, township=False)


def _committee(county: County, code: str, name: str, in_charge: Person, *, level: str) -> None:
    county.organization(code, f"中共{name}委员会", "党委", level, COUNTY_CODE, None)
    county.charge(in_charge, code)


def _branch(
    county: County, code: str, name: str, parent: str, sector: str, members: int
) -> list[Person]:
    """A branch with its members; the first one is its secretary."""
    county.organization(code, name, "党支部", "基层", parent, sector)
    people = [county.person(code) for _ in range(members)]
    county.post(people[0], code, "支部书记", "grassroots_secretary")
    return people


def _leading_group(
    county: County, code: str, leaders: list[Person], branches: list[str], *, township: bool
) -> None:
    """The first is the secretary; all share the charge of the branches among them."""
    secretary, *others = leaders
    if township:
        county.post(secretary, code, "党委书记", "township_secretary")
    else:
        county.post(secretary, code, "党组书记", "county_department_secretary")
    for person in others:
        if township:
            county.post(person, code, "党委委员", "township_leader")
        else:
            county.post(person, code, "党组成员", "county_department_leader")
    for index, branch in enumerate(branches):
        county.charge(leaders[index % len(leaders)], branch)


def _branch_name(county: County, place: str, sector: str, tail: str, index: int, count: int) -> str:
    if sector != "rural":
        number = "" if count == 1 else "第" + "一二三四五六七八九十"[index]
        return f"{place}{number}{tail}"
    draw = county.random.choice
    while True:
        village = (
            draw(names.VILLAGE_HEADS) + draw(names.VILLAGE_MIDDLES) + draw(names.VILLAGE_TAILS)
        )
        if village not in county.village_names:
            county.village_names.add(village)
            return f"{village}党支部"


def _sizes(whole: int, parts: int) -> list[int]:
    """Sizes of `parts` branches that add up to `whole`, as equal as can be."""
    low, left = divmod(whole, parts)
    return [low + (index < left) for index in range(parts)]
