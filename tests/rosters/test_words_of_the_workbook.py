"""The headings and words under which offices write a roster: every one is taken for what it is."""

from dataclasses import asdict

import pytest

from pingyi.documents.workbook_headings import find_columns
from pingyi.rosters.operations.reading import SPECS
from pingyi.rosters.rules.columns import SHEETS, offered, written
from pingyi.rosters.rules.values import read_word

# Official heading, the English one, others; a star for what must be there.
PERSON = {
    "name*": "姓名, Name",
    "identity": "身份证号, Identity number, 身份证号码, 公民身份号码",
}
HEADINGS = {
    "organizations": {
        "code*": "编码, Code, 党组织编码",
        "name*": "名称, Name, 党组织名称, 党支部名称",
        "kind*": "类别, Kind",
        "level*": "层级, Level",
        "sector": "领域, Sector",
        "parent": "上级编码, Parent code, 上级党组织编码, 上级党组织, 所属党委",
        "since": "成立日期, Established on",
    },
    "members": {
        **PERSON,
        "gender": "性别, Gender",
        "born_on": "出生日期, Born on, 出生年月",
        "organization*": "党组织编码, Organization code",
        "standing": "党员类别, Standing",
        "joined_on": "入党日期, Joined on, 入党时间",
        "since": "进入党支部日期, Here since, 进入支部时间, 转入日期",
        "person": "人员编号, Person number",
        "above": "上级党组织, Organization above, 所属党委, 上级党组织名称, 所属党（工）委",
    },
    "posts": {
        **PERSON,
        "organization*": "党组织编码, Organization code",
        "title*": "职务, Post, 职务名称",
        "category": "领导类别, Leader category",
        "since": "任职日期, In post since, 任职时间",
        "member_of": "所在党组织编码, Member of",
        "person": "人员编号, Person number",
    },
    "charges": {
        **PERSON,
        "organization*": "分管党组织编码, In charge of, 党组织编码",
        "since": "起始日期, Since",
        "member_of": "所在党组织编码, Member of",
        "person": "人员编号, Person number",
    },
}
# The first one is official and offered in the template.
WORDS = {
    "organization_kind": {
        "committee": "党委, 委员会, Party committee, Committee",
        "work_committee": "党工委, 工作委员会, 工委, Working committee",
        "leading_group": "党组, Leading Party group",
        "general_branch": "党总支, 总支部, 总支, General branch",
        "branch": "党支部, 支部, Branch",
    },
    "level": {
        "province": "省, 省级, Province",
        "city": "市州, 市, 市级, 市、州, City",
        "county": "县, 县级, 县市区, County",
        "county_unit": "县直单位, 县直, 县级单位, County-level unit, County unit",
        "township": "乡镇街道, 乡镇, 街道, 乡镇、街道, 乡, 镇, Township, Township or subdistrict",
        "grassroots": "基层, 基层组织, 基层党组织, Grassroots",
    },
    "standing": {
        "full": "正式党员, 正式, Full member, Full",
        "probationary": "预备党员, 预备, Probationary member, Probationary",
    },
    "gender": {"male": "男, Male", "female": "女, Female"},
}
WRITTEN = [
    (kind, value, word)
    for kind, values in WORDS.items()
    for value, words in values.items()
    for word in words.split(", ")
]
TITLES = {
    "organizations": "党组织, Organizations",
    "members": "党员, Members",
    "posts": "职务, Posts",
    "charges": "分工, Charges",
}


@pytest.mark.parametrize("sheet", HEADINGS)
def test_a_column_is_known_by_each_of_its_headings(sheet: str) -> None:
    spec = asdict(next(spec for spec in SPECS if spec.key == sheet))
    assert [*spec["columns"]] == [key.rstrip("*") for key in HEADINGS[sheet]]
    for key, headings in HEADINGS[sheet].items():
        for heading in headings.split(", "):
            found = find_columns([heading], spec, sheet)
            assert found.keys == [key.rstrip("*")], heading


@pytest.mark.parametrize("sheet", HEADINGS)
def test_a_sheet_without_a_needed_column_is_told_its_official_heading(sheet: str) -> None:
    spec = asdict(next(spec for spec in SPECS if spec.key == sheet))
    [(code, params)] = find_columns([], spec, sheet).problems
    needed = [words for key, words in HEADINGS[sheet].items() if key.endswith("*")]
    assert code == "headings_missing"
    assert params["missing"] == [words.split(", ")[0] for words in needed]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_the_template_has_the_official_or_the_english_headings(sheet) -> None:
    assert (sheet.title, sheet.english) == tuple(TITLES[sheet.key].split(", "))
    official = [tuple(words.split(", ")[:2]) for words in HEADINGS[sheet.key].values()]
    assert [(column.heading, column.english) for column in sheet.columns] == official


def test_a_sheet_is_known_by_its_chinese_and_its_english_title() -> None:
    assert {spec.key: ", ".join(spec.titles) for spec in SPECS} == TITLES


@pytest.mark.parametrize(("kind", "value", "word"), WRITTEN)
def test_the_words_that_offices_write_are_taken(kind: str, value: str, word: str) -> None:
    assert read_word(kind, word) == value


@pytest.mark.parametrize("kind", WORDS)
def test_the_template_offers_the_official_words(kind: str) -> None:
    official = [words.split(", ")[0] for words in WORDS[kind].values()]
    assert offered(kind) == official
    assert [written(kind, value) for value in WORDS[kind]] == official
