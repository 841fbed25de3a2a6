"""Sheets and columns of the roster workbook, and the words people write into them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pingyi.organizations.enums import Gender, Level, OrganizationKind, Standing

ORGANIZATIONS = "organizations"
MEMBERS = "members"
POSTS = "posts"
CHARGES = "charges"


@dataclass(frozen=True)
class Column:
    """A column: our name, the official heading, the English one, and how its values are read."""

    key: str
    heading: str
    english: str
    kind: str
    needed: bool = False
    also: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading under which the column is known."""
        return (self.heading, self.english, *self.also)


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook."""

    key: str
    title: str
    english: str
    columns: tuple[Column, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns that must be there."""
        return tuple(column.key for column in self.columns if column.needed)

    def column(self, key: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.key == key)


NAME = Column("name", "姓名", "Name", "person_name", needed=True)
IDENTITY = Column(
    "identity", "身份证号", "Identity number", "identity", also=("身份证号码", "公民身份号码")
)
MEMBER_OF = Column("member_of", "所在党组织编码", "Member of", "code")

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        ORGANIZATIONS,
        "党组织",
        "Organizations",
        (
            Column("code", "编码", "Code", "code", needed=True, also=("党组织编码",)),
            Column("name", "名称", "Name", "text", needed=True, also=("党组织名称",)),
            Column("kind", "类别", "Kind", "organization_kind", needed=True),
            Column("level", "层级", "Level", "level", needed=True),
            Column("sector", "领域", "Sector", "sector"),
            Column("parent", "上级编码", "Parent code", "code", also=("上级党组织编码",)),
            Column("since", "成立日期", "Established on", "date"),
        ),
    ),
    Sheet(
        MEMBERS,
        "党员",
        "Members",
        (
            NAME,
            IDENTITY,
            Column("gender", "性别", "Gender", "gender"),
            Column("born_on", "出生日期", "Born on", "date", also=("出生年月",)),
            Column("organization", "党组织编码", "Organization code", "code", needed=True),
            Column("standing", "党员类别", "Standing", "standing", needed=True),
            Column("since", "入党日期", "Joined on", "date", also=("入党时间",)),
        ),
    ),
    Sheet(
        POSTS,
        "职务",
        "Posts",
        (
            NAME,
            IDENTITY,
            Column("organization", "党组织编码", "Organization code", "code", needed=True),
            Column("title", "职务", "Post", "text", needed=True, also=("职务名称",)),
            Column("category", "领导类别", "Leader category", "category"),
            Column("since", "任职日期", "In post since", "date", also=("任职时间",)),
            MEMBER_OF,
        ),
    ),
    Sheet(
        CHARGES,
        "分工",
        "Charges",
        (
            NAME,
            IDENTITY,
            Column(
                "organization",
                "分管党组织编码",
                "In charge of",
                "code",
                needed=True,
                also=("党组织编码",),
            ),
            Column("since", "起始日期", "Since", "date"),
            MEMBER_OF,
        ),
    ),
)
BY_KEY: Mapping[str, Sheet] = {sheet.key: sheet for sheet in SHEETS}

# What people write -> our value. The first word of a value is the one offered in the template.
WORDS: Mapping[str, Mapping[str, str]] = {
    "organization_kind": {
        "党委": OrganizationKind.COMMITTEE.value,
        "党工委": OrganizationKind.WORK_COMMITTEE.value,
        "党组": OrganizationKind.LEADING_GROUP.value,
        "党总支": OrganizationKind.GENERAL_BRANCH.value,
        "党支部": OrganizationKind.BRANCH.value,
        "委员会": OrganizationKind.COMMITTEE.value,
        "工作委员会": OrganizationKind.WORK_COMMITTEE.value,
        "工委": OrganizationKind.WORK_COMMITTEE.value,
        "总支部": OrganizationKind.GENERAL_BRANCH.value,
        "总支": OrganizationKind.GENERAL_BRANCH.value,
        "支部": OrganizationKind.BRANCH.value,
        "partycommittee": OrganizationKind.COMMITTEE.value,
        "committee": OrganizationKind.COMMITTEE.value,
        "workingcommittee": OrganizationKind.WORK_COMMITTEE.value,
        "leadingpartygroup": OrganizationKind.LEADING_GROUP.value,
        "generalbranch": OrganizationKind.GENERAL_BRANCH.value,
        "branch": OrganizationKind.BRANCH.value,
    },
    "level": {
        "省": Level.PROVINCE.value,
        "市州": Level.CITY.value,
        "县": Level.COUNTY.value,
        "县直单位": Level.COUNTY_UNIT.value,
        "乡镇街道": Level.TOWNSHIP.value,
        "基层": Level.GRASSROOTS.value,
        "省级": Level.PROVINCE.value,
        "市": Level.CITY.value,
        "市级": Level.CITY.value,
        "市、州": Level.CITY.value,
        "县级": Level.COUNTY.value,
        "县市区": Level.COUNTY.value,
        "县直": Level.COUNTY_UNIT.value,
        "县级单位": Level.COUNTY_UNIT.value,
        "乡镇": Level.TOWNSHIP.value,
        "街道": Level.TOWNSHIP.value,
        "乡镇、街道": Level.TOWNSHIP.value,
        "乡": Level.TOWNSHIP.value,
        "镇": Level.TOWNSHIP.value,
        "基层组织": Level.GRASSROOTS.value,
        "基层党组织": Level.GRASSROOTS.value,
        "province": Level.PROVINCE.value,
        "city": Level.CITY.value,
        "county": Level.COUNTY.value,
        "county-levelunit": Level.COUNTY_UNIT.value,
        "countyunit": Level.COUNTY_UNIT.value,
        "township": Level.TOWNSHIP.value,
        "townshiporsubdistrict": Level.TOWNSHIP.value,
        "grassroots": Level.GRASSROOTS.value,
    },
    "standing": {
        "正式党员": Standing.FULL.value,
        "预备党员": Standing.PROBATIONARY.value,
        "正式": Standing.FULL.value,
        "预备": Standing.PROBATIONARY.value,
        "fullmember": Standing.FULL.value,
        "full": Standing.FULL.value,
        "probationarymember": Standing.PROBATIONARY.value,
        "probationary": Standing.PROBATIONARY.value,
    },
    "gender": {
        "男": Gender.MALE.value,
        "女": Gender.FEMALE.value,
        "male": Gender.MALE.value,
        "female": Gender.FEMALE.value,
    },
}


def offered(kind: str) -> list[str]:
    """The official word of every value, for the template's lists and for messages."""
    first: dict[str, str] = {}
    for word, value in WORDS[kind].items():
        first.setdefault(value, word)
    return list(first.values())
