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
    # Headings that mean the column where no other one does.
    alone: tuple[str, ...] = ()
    # Whether a list may do without: it says it once for all its rows, in its title or by where it
    # is imported, or it is read off the name and asked about.
    once: bool = False
    # Whether it stands in lists of one's own alone, and in no template.
    listed: bool = False
    # Whether only lists of what the register has hold it.
    exported: bool = False

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

    @property
    def needed_of_list(self) -> tuple[str, ...]:
        """Columns that must be there in a list with headings of its own."""
        return tuple(column.key for column in self.columns if column.needed and not column.once)

    def column(self, key: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.key == key)


NAMING = "党员姓名 名字 党员名字 人员姓名 本人姓名 真实姓名 中文姓名 同志姓名 职工姓名 员工姓名"
NAME = Column(
    "name",
    "姓名",
    "Name",
    "person_name",
    needed=True,
    also=tuple(NAMING.split()),
    alone=("党员", "姓名全称"),
)
NUMBER = (
    "身份证号码 公民身份号码 身份证 身份号码 身份证编号 身份证件号 身份证件号码 公民身份证 "
    "公民身份证号 公民身份证号码 居民身份证 居民身份证号 居民身份证号码 居民身份号码 公民身份号 "
    "二代身份证号 二代身份证号码 本人身份证号 本人身份证号码 党员身份证号 党员身份证号码"
)
# Perhaps another document's; of lists that is told by what stands below.
DOCUMENT = (
    "证件号码 证件号 证件编号 有效证件号码 有效证件号 有效身份证件号码 身份证明号码 身份证明编号"
)
IDENTITY = Column(
    "identity",
    "身份证号",
    "Identity number",
    "identity",
    also=tuple(NUMBER.split()),
    alone=tuple(DOCUMENT.split()),
)
SEX = "性別 男女 男/女 男、女 男或女 党员性别 人员性别 本人性别 sex"
JOINING = (
    "入党时间 入党年月 入党年月日 加入中共组织时间 加入中共组织日期 加入中国共产党时间 "
    "加入中国共产党日期 加入党组织时间 加入党组织日期 加入中共时间 参加党组织时间 何时入党 "
    "加入中国共产党年月 加入党组织年月 加入中共组织年月 参加中国共产党时间 参加中共时间 "
    "党员入党时间 入党日"
)
COMING = (
    "进入党支部时间 进入当前党支部日期 进入当前党支部时间 进入支部日期 进入支部时间 转入日期 "
    "转入时间 编入支部日期 编入支部时间 编入党支部时间 编入党支部日期 转入党支部时间 "
    "转入党支部日期 转入支部时间 转入本支部时间 进入本支部时间 进入现支部时间 "
    "进入所在党支部时间 组织关系转入时间 组织关系转入日期"
)
BIRTH = (
    "出生年月 出生年月日 出生时间 生日 出生 出生日 生年月日 公历生日 阳历生日 党员出生日期 "
    "党员出生年月 本人出生年月 何时出生"
)
STANDING = (
    "党员类型 人员类别 党员性质 党员身份 党籍类别 党籍类型 正式/预备 正式或预备 正式、预备 党员种类"
)
PERSON = Column("person", "人员编号", "Person number", "person", exported=True)
ABOVE = (
    "上级党组织名称 上级党委 上级党委名称 上级组织 上级 上一级党组织 所属上级党组织 隶属党组织 "
    "隶属党委 隶属关系 所属党委 所属党委名称 所在党委 所在党委名称 所属党工委 所属党（工）委 "
    "所属党委（党组） 所属乡镇党委 所属乡镇 所在乡镇 所属街道 主管党委 主管党组织"
)
MEMBER_OF = Column("member_of", "所在党组织编码", "Member of", "place")
# Where the code is asked for, the name is understood as well, and so are headings that say so.
PLACE = (
    "所在党组织编码 所在党组织 所在党组织名称 所属党组织 所属党组织名称 党组织 党组织名称 "
    "所在党支部 所在党支部名称 所在支部 所在支部名称 所属党支部 所属支部 党支部 党支部名称 支部 "
    "支部名称 党支部编码 所在党支部编码 支部编码 组织关系所在党支部 组织关系所在党组织 "
    "组织关系所在支部 现所在党支部 所在基层党组织 所在基层党支部"
)
# An organization in a list of organizations.
CALLED = (
    "党组织名称 党组织全称 党支部名称 党支部全称 支部名称 基层党组织名称 组织名称 名称（全称） "
    "党组织"
)
TITLE_OF_POST = (
    "职务名称 党内职务 党内职务名称 党组织职务 现任职务 现任党内职务 担任职务 所任职务 任职职务 "
    "任职情况"
)
# Whose post it is, where no other column of the sheet says so.
AT = f"{PLACE} 单位 单位名称 所在单位 任职单位 工作单位"

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        ORGANIZATIONS,
        "党组织",
        "Organizations",
        (
            Column("code", "编码", "Code", "code", needed=True, also=("党组织编码",), once=True),
            Column("name", "名称", "Name", "text", needed=True, also=tuple(CALLED.split())),
            Column(
                "kind",
                "类别",
                "Kind",
                "organization_kind",
                needed=True,
                also=("党组织类别", "组织类别", "党组织类型", "组织类型"),
                once=True,
            ),
            Column("level", "层级", "Level", "level", needed=True, also=("党组织层级",), once=True),
            Column("sector", "领域", "Sector", "sector", also=("所属领域", "所在领域")),
            Column(
                "parent",
                "上级编码",
                "Parent code",
                "place",
                also=("上级党组织编码", "上级党组织", *ABOVE.split()),
            ),
            Column(
                "since",
                "成立日期",
                "Established on",
                "date",
                also=("成立时间", "建立日期", "建立时间", "成立年月", "党组织成立时间"),
            ),
        ),
    ),
    Sheet(
        MEMBERS,
        "党员",
        "Members",
        (
            NAME,
            IDENTITY,
            Column("gender", "性别", "Gender", "gender", also=tuple(SEX.split())),
            Column("born_on", "出生日期", "Born on", "date", also=tuple(BIRTH.split())),
            Column(
                "organization",
                "党组织编码",
                "Organization code",
                "place",
                needed=True,
                also=tuple(PLACE.split()),
                once=True,
            ),
            Column(
                "standing",
                "党员类别",
                "Standing",
                "standing",
                also=tuple(STANDING.split()),
                alone=("类别", "党籍", "政治面貌", "政治面目", "党员类别名称", "党员分类"),
            ),
            Column("joined_on", "入党日期", "Joined on", "date", also=tuple(JOINING.split())),
            Column("since", "进入党支部日期", "Here since", "date", also=tuple(COMING.split())),
            PERSON,
            Column(
                "above",
                "上级党组织",
                "Organization above",
                "place",
                also=tuple(ABOVE.split()),
                alone=("党委", "党委名称", "乡镇", "乡镇街道", "街道"),
                listed=True,
            ),
        ),
    ),
    Sheet(
        POSTS,
        "职务",
        "Posts",
        (
            NAME,
            IDENTITY,
            Column(
                "organization",
                "党组织编码",
                "Organization code",
                "place",
                needed=True,
                also=("党组织", "党组织名称", "任职党组织"),
                alone=tuple(AT.split()),
            ),
            Column("title", "职务", "Post", "text", needed=True, also=tuple(TITLE_OF_POST.split())),
            Column("category", "领导类别", "Leader category", "category"),
            Column("since", "任职日期", "In post since", "date", also=("任职时间",)),
            MEMBER_OF,
            PERSON,
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
                "place",
                needed=True,
                also=("党组织编码", "分管党组织", "分管党组织名称"),
            ),
            Column("since", "起始日期", "Since", "date"),
            MEMBER_OF,
            PERSON,
        ),
    ),
)
BY_KEY: Mapping[str, Sheet] = {sheet.key: sheet for sheet in SHEETS}

# Every word that a heading of one of the sheets may be.
HEADINGS = frozenset(
    heading for sheet in SHEETS for column in sheet.columns for heading in column.headings
)

# What stands in a heading that is probably one of our columns, although we do not know it.
LIKENESS: Mapping[str, str] = {
    "身份证号": "身份|證|证件",
    "入党日期": "入党|入黨|加入",
    "出生日期": "出生|生日",
}

# Lines of a sheet that are no rows of its table; without blanks, width and capitals, their texts
# joined by semicolons.
ASIDE = (
    r"\(?(?:"
    r"(?:填表|制表|填报|审核|复核|核对|校对|审批|经办|负责|联系|统计|报送|上报)(?:人|单位|时间|日期|电话)"
    r"|(?:合计|总计|小计|共计|总人数|备注|附注|说明|填表说明|注|制表|审核|total|notes?)"
    r"(?=[\d:;,.、()]|$)"
    r"|(?:以上)?[共计]+[\d一二三四五六七八九十百]+[人名个行]"
    r"|(?:党?总?支部|党委|党组)?书记[^;:]*:"
    r"|[-—–]*(?:完|完毕|以上全部)[-—–]*\)?$"
    r"|(?:单位)?\(?(?:盖章|公章|签章)|[^;]*(?:签字|签名|盖章|签章)\)?:?(?:;|$)"
    r"|以下(?:空白|无正文|为空)|此页无正文"
    r"|第\d+页"
    r"|[一二三四五六七八九十]+、"
    r"|\d{4}[-年]\d{1,2}[-月]\d{1,2}日?$"
    r"|[-—–_=*~.·…]+$"
    r")"
)

# Our values and what people write for them; the first word is the one offered in the template.
SPOKEN: Mapping[str, Mapping[str, str]] = {
    "organization_kind": {
        OrganizationKind.COMMITTEE: "党委 委员会 partycommittee committee",
        OrganizationKind.WORK_COMMITTEE: "党工委 工作委员会 工委 workingcommittee",
        OrganizationKind.LEADING_GROUP: "党组 leadingpartygroup",
        OrganizationKind.GENERAL_BRANCH: "党总支 总支部 总支 generalbranch",
        OrganizationKind.BRANCH: "党支部 支部 branch",
    },
    "level": {
        Level.PROVINCE: "省 省级 province",
        Level.CITY: "市州 市 市级 市、州 city",
        Level.COUNTY: "县 县级 县市区 county",
        Level.COUNTY_UNIT: "县直单位 县直 县级单位 county-levelunit countyunit",
        Level.TOWNSHIP: "乡镇街道 乡镇 街道 乡镇、街道 乡 镇 township townshiporsubdistrict",
        Level.GRASSROOTS: "基层 基层组织 基层党组织 grassroots",
    },
    "standing": {
        Standing.FULL: "正式党员 正式 中共党员 中共正式党员 党员 fullmember full",
        Standing.PROBATIONARY: (
            "预备党员 预备 中共预备党员 预备期 probationarymember probationary"
        ),
    },
    "gender": {Gender.MALE: "男 male", Gender.FEMALE: "女 female"},
}
WORDS: Mapping[str, Mapping[str, str]] = {
    kind: {word: str(value) for value, words in spoken.items() for word in words.split()}
    for kind, spoken in SPOKEN.items()
}


def written(kind: str, value: str) -> str:
    """The official word for a value."""
    return SPOKEN[kind][value].split()[0]


def offered(kind: str) -> list[str]:
    """The official word of every value, for the template's lists and for messages."""
    return [written(kind, value) for value in SPOKEN[kind]]
