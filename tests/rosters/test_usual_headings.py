"""The headings that are usual in lists of offices, column by column; what is not sure is asked."""

from typing import Any

import pytest

from pingyi.core.refusals import Refusal
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.messages import issue_lines
from tests.cast import NOW, identity_number
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.test_what_reading_noticed import rows_of
from tests.rosters.workbook import small_roster

# What a list says does not depend on the database.
pytestmark = pytest.mark.any_database

OURS = {
    "name": "姓名", "identity": "身份证号", "gender": "性别", "born_on": "出生日期",
    "organization": "所在党支部", "standing": "党员类别", "joined_on": "入党日期",
    "since": "进入党支部日期",
}  # fmt: skip
# Separated by blanks; _ stands for a blank within.
USUAL = {
    "name": """
        姓名 姓_名 党员姓名 名字 党员名字 人员姓名 本人姓名 真实姓名 中文姓名 姓名* 姓名（全称）
        同志姓名 职工姓名 员工姓名 党员 *姓名（必填） Name
    """,
    "identity": """
        身份证号 身份证号码 身份证 身份号码 身份证编号 身份证件号 身份证件号码 公民身份号码
        公民身份证号 公民身份证号码 居民身份证 居民身份证号 居民身份证号码 居民身份号码 证件号码
        证件号 证件编号 有效证件号码 有效身份证件号码 身份证明号码 二代身份证号 本人身份证号码
        身份证号（18位） 身_份_证_号 身份证号* 号码 ID
    """,
    "gender": """
        性别 性_别 性別 男女 男/女 男、女 男或女 性别（男/女） 性别（男、女） 党员性别 人员性别
        本人性别 *性别 性别： Gender Sex
    """,
    "born_on": """
        出生日期 出生年月 出生年月日 出生时间 出生 出生日 生日 生年月日 公历生日 阳历生日
        党员出生日期 党员出生年月 本人出生年月 何时出生 出生年月（公历） 出生日期（年月日）
        出_生_年_月 Born_on
    """,
    "organization": """
        所在党支部 所在支部 所属党支部 所属支部 党支部 支部 党支部名称 支部名称 所在党组织
        所属党组织 党组织名称 所在党支部名称 所在党组织名称 组织关系所在党支部 组织关系所在支部
        现所在党支部 所在基层党组织 所在党支部（全称） 党组织编码
    """,
    "standing": """
        党员类别 党员类型 人员类别 党员性质 党员身份 党籍类别 党籍类型 正式/预备 正式或预备
        正式、预备 党员种类 党员类别（正式/预备） 类别 党籍 政治面貌 党员分类 党_员_类_别
        Standing
    """,
    "joined_on": """
        入党日期 入党时间 入党年月 入党年月日 入党日 加入中共组织时间 加入中共组织日期
        加入中国共产党时间 加入中国共产党日期 加入党组织时间 加入党组织日期 加入中共时间
        参加党组织时间 何时入党 参加中国共产党时间 入党时间（年月日） 党员入党时间 入_党_时_间
    """,
    "since": """
        进入党支部日期 进入党支部时间 进入当前党支部日期 进入当前党支部时间 进入支部日期
        进入支部时间 转入日期 转入时间 编入支部日期 编入支部时间 编入党支部时间 转入党支部时间
        转入支部时间 转入本支部时间 组织关系转入时间 组织关系转入日期
    """,
}
ROWS: list[dict[str, Any]] = [
    {
        "name": name, "identity": identity_number(serial), "gender": "男", "born_on": "1970-01-01",
        "organization": place, "standing": "预备党员", "joined_on": "2005-07-01",
        "since": "2006-08-02",
    }
    for name, serial, place in (("孙五", 301, "东村党支部"), ("周六", 303, "西村党支部"))
]  # fmt: skip


def own(headings: dict[str, str], rows: list[dict[str, Any]] = ROWS) -> bytes:
    """A list with the headings in the place of ours."""
    lines = [headings.values(), *([row[key] for key in headings] for row in rows)]
    return "\r\n".join(",".join(map(str, line)) for line in lines).encode()


def said(made: RosterImport) -> list[Any]:
    return [row.said for row in made.changes.all()]


def codes(made: RosterImport) -> list[str]:
    return [note["code"] for note in made.notes]


def test_there_are_enough_of_each() -> None:
    assert USUAL.keys() == OURS.keys()
    assert min(len(each.split()) for each in USUAL.values()) >= 14


@pytest.fixture
def expected(apply: Door, preview: Door) -> list[Any]:
    apply(small_roster())
    return said(preview(own(OURS), filename="1.csv", scope="A"))


@pytest.mark.django_db
@pytest.mark.parametrize("key", OURS)
def test_a_usual_heading_says_what_ours_says(preview: Door, expected: list[Any], key: str) -> None:
    assert len(expected) == 2
    wrong = []
    for heading in (each.replace("_", " ") for each in USUAL[key].split()):
        made = preview(own({**OURS, key: heading}), filename="1.csv", scope="A")
        if (
            made.errors
            or said(made) != expected
            or {"column_ignored", "column_like"} & {*codes(made)}
        ):
            wrong.append(heading)
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "heading", ["证件号码", "证件号", "身份证件号", "公民身份号码", "有效证件号码（本人）"]
)
def test_in_the_workbook_with_four_sheets_too(preview: Door, heading: str) -> None:
    expected = preview(small_roster())
    file = rows_of(small_roster())
    file["党员"][0] = [*file["党员"][0]]
    file["党员"][0][1] = heading
    made = preview(excel(file))
    assert said(made) == said(expected)
    assert "column_like" not in codes(made)


@pytest.mark.django_db
def test_what_holds_other_numbers_is_no_identity_number_and_is_asked(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    rows = [{**row, "identity": f"粤A{number}"} for number, row in enumerate(ROWS)]
    made = preview(own({**OURS, "identity": "证件号码"}, rows), filename="1.csv", scope="A")
    assert (made.errors, made.counts["add"]) == ([], {"person": 2})
    [note] = [note for note in made.notes if note["code"] == "column_like"]
    assert (note["label"], note["value"]) == ("证件号码", "身份证号")
    with pytest.raises(Refusal) as refused:
        operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert refused.value.code == "column_like"
    # Whoever says that it is this column is told which cells are none.
    columns = {**made.mapping["columns"], "identity": "证件号码"}
    operations.map_roster(
        roster_import=made, mapping={"sheet": "members", "columns": columns}, by=None, now=NOW
    )
    made.refresh_from_db()
    assert {error["code"] for error in made.errors} == {"identity_sign"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("联系电话", ("138****5678", "139****001X")),
        ("银行卡号", ("6222****1234", "622202****1235")),
        ("证件号码", ("138****5678", "139****5679")),
        ("党费账号", ("110101700101001", "110101700101002")),
        ("备注", ("110101********001X", "110101********0029")),
    ],
)
def test_a_masked_or_short_number_of_something_else_is_no_identity_number(
    apply: Door, preview: Door, heading: str, values: tuple[str, str]
) -> None:
    apply(small_roster())
    rows = [{**row, "identity": value} for row, value in zip(ROWS, values, strict=True)]
    made = preview(own({**OURS, "identity": heading}, rows), filename="1.csv", scope="A")
    assert "identity" not in made.mapping["columns"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", [("110101********001X", "110101********0029"), ("110101*****0012", "110101*****0023")]
)
def test_a_masked_number_counts_where_the_heading_says_so(
    apply: Door, preview: Door, values: tuple[str, str]
) -> None:
    apply(small_roster())
    rows = [{**row, "identity": value} for row, value in zip(ROWS, values, strict=True)]
    made = preview(own({**OURS, "identity": "证件号码"}, rows), filename="1.csv", scope="A")
    assert made.mapping["columns"]["identity"] == "证件号码"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "heading", ["配偶身份证号", "入党介绍人身份证号", "联系人号码", "父亲证件号码"]
)
def test_the_numbers_of_other_people_are_nobody_s_here(
    apply: Door, preview: Door, heading: str
) -> None:
    apply(small_roster())
    made = preview(own({**OURS, "identity": heading}), filename="1.csv", scope="A")
    assert "identity" not in made.mapping["columns"]
    assert {"column_ignored"} == {*codes(made)} & {"column_ignored", "column_like"}


@pytest.mark.django_db
def test_numbers_that_no_heading_says_are_confirmed_first(apply: Door, preview: Door) -> None:
    apply(small_roster())
    made = preview(own({**OURS, "identity": "号码"}), filename="1.csv", scope="A")
    assert made.mapping["columns"]["identity"] == "号码"
    [note] = [note for note in made.notes if note["code"] == "identity_guessed"]
    assert "“号码”列" in issue_lines([note])[0].sentence
    with pytest.raises(Refusal) as refused:
        operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert refused.value.code == "identity_guessed"
    # Whoever chooses the columns is not asked again.
    mapping = {"sheet": "members", "columns": made.mapping["columns"]}
    operations.map_roster(roster_import=made, mapping=mapping, by=None, now=NOW)
    made.refresh_from_db()
    assert "identity_guessed" not in codes(made)


@pytest.mark.django_db
def test_what_says_no_standing_is_none(apply: Door, preview: Door) -> None:
    apply(small_roster())
    rows = [{**row, "standing": "农民"} for row in ROWS]
    made = preview(own({**OURS, "standing": "类别"}, rows), filename="1.csv", scope="A")
    assert made.errors == []
    assert {"column_ignored", "standing_assumed"} <= {*codes(made)}


@pytest.mark.django_db
def test_a_surer_heading_is_the_column_and_the_other_is_said(apply: Door, preview: Door) -> None:
    apply(small_roster())
    rows = [{**row, "more": "E1234"} for row in ROWS]
    made = preview(own({**OURS, "more": "证件号码"}, rows), filename="1.csv", scope="A")
    assert made.mapping["columns"]["identity"] == "身份证号"
    assert "column_ignored" in codes(made)


@pytest.mark.django_db
def test_of_two_columns_with_such_numbers_nobody_chooses(apply: Door, preview: Door) -> None:
    apply(small_roster())
    headings = {**OURS, "identity": "号码一", "more": "号码二"}
    rows = [{**row, "more": row["identity"]} for row in ROWS]
    made = preview(own(headings, rows), filename="1.csv", scope="A")
    assert "identity" not in made.mapping["columns"]
    asked = [note["label"] for note in made.notes if note["code"] == "column_like"]
    assert asked == ["号码一", "号码二"]
