"""Lists with headings of their own: what is guessed, what a mapping may say, what is read."""

from typing import Any

import pytest

from pingyi.documents.workbooks import SheetData
from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.lists import (
    guess_mapping,
    mapping_fault,
    missing_headings,
    read_levels,
    renamed,
)
from pingyi.rosters.rules.rows import OrganizationRow

BRANCH = {"level": "grassroots", "kind": "branch", "sector": None}
TOWNSHIP = {"level": "township", "kind": "committee", "sector": None}
COUNTY = {"level": "county", "kind": "committee", "sector": None}
CITY = {"level": "city", "kind": "committee", "sector": None}
PROVINCE = {"level": "province", "kind": "committee", "sector": None}


def pair(code: str, name: str, what: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "name": name, **what}


@pytest.mark.parametrize(
    ("headings", "levels"),
    [
        (["village_code", "village"], [pair("village_code", "village", BRANCH)]),
        (["Village_Code", "Village"], [pair("Village_Code", "Village", BRANCH)]),
        (["name_of", "x_code", "x_name"], None),
        (["x_code", "x_name"], [pair("x_code", "x_name", BRANCH)]),
        (["xcode", "x_name"], [pair("xcode", "x_name", BRANCH)]),
        (["villages_all", "villages"], None),
        (["xcode", "xname"], [pair("xcode", "xname", BRANCH)]),
        (["村编码", "村名称"], [pair("村编码", "村名称", BRANCH)]),
        (["村代码", "村"], [pair("村代码", "村", BRANCH)]),
        (["村", "村代码"], [pair("村代码", "村", BRANCH)]),
        (["村编码", "村名称", "村"], None),
        (
            ["镇代码", "村代码", "村", "镇"],
            [pair("镇代码", "镇", TOWNSHIP), pair("村代码", "村", BRANCH)],
        ),
        (
            ["a_code", "a", "b_code", "b", "c_code", "c", "d_code", "d", "e_code", "e"],
            [
                pair("a_code", "a", PROVINCE),
                pair("b_code", "b", CITY),
                pair("c_code", "c", COUNTY),
                pair("d_code", "d", TOWNSHIP),
                pair("e_code", "e", BRANCH),
            ],
        ),
        ([f"{sign}{end}" for sign in "abcdef" for end in ("_code", "")], None),
        (["x_code", "x", "more"], None),
        (["编码", "名称"], None),
        (["_code", "name"], None),
        (["a", "b"], None),
        ([], None),
    ],
)
def test_pairs_of_codes_and_names_are_levels_from_the_bottom_up(
    headings: list[str], levels: list[dict[str, Any]] | None
) -> None:
    assert guess_mapping(headings) == ({"levels": levels} if levels else None)


@pytest.mark.parametrize(
    ("mapping", "missing"),
    [
        ({"levels": [{"code": "a", "name": "b"}, {"code": "c", "name": "a"}]}, ["c"]),
        ({"levels": [{"code": "z", "name": "y"}, {"code": "z", "name": "a"}]}, ["z", "y"]),
        ({"sheet": "members", "columns": {"name": "a", "code": "z", "since": ""}}, ["z"]),
        ({"sheet": "members", "columns": {"name": "a"}}, []),
        ({}, []),
    ],
)
def test_every_heading_that_the_list_lacks_is_named_once(
    mapping: dict[str, Any], missing: list[str]
) -> None:
    assert missing_headings(mapping, ["a", "b"]) == missing


def offered(key: str, values: Any) -> Issue:
    return Issue("mapping.not_offered", params={"key": key, "offered": list(values)})


def lacking(*columns: str) -> Issue:
    return Issue("mapping.columns_missing", params={"missing": list(columns)})


SHEETS = ["organizations", "members", "posts", "charges"]
OF_CHARGES = ["name", "identity", "organization", "since", "member_of", "person"]
NEEDED = {"name": "甲", "organization": "乙"}
LEVEL = {"code": "a", "name": "b", "level": "city", "kind": "branch"}


def levels(**changes: Any) -> dict[str, Any]:
    return {"levels": [LEVEL, {**LEVEL, **changes}]}


def charges(**columns: Any) -> dict[str, Any]:
    return {"sheet": "charges", "columns": {**NEEDED, **columns}}


@pytest.mark.parametrize(
    ("mapping", "fault"),
    [
        ([], Issue("mapping.no_object")),
        ("levels", Issue("mapping.no_object")),
        ({"levels": []}, Issue("mapping.no_levels")),
        ({"levels": {"code": "a"}}, Issue("mapping.no_levels")),
        (levels(), None),
        (levels(sector="rural"), None),
        (levels(sector=None), None),
        (levels(sector=""), None),
        ({"levels": ["a"]}, Issue("mapping.no_columns")),
        (levels(code=""), Issue("mapping.no_columns")),
        (levels(name=None), Issue("mapping.no_columns")),
        (levels(name=["b"]), Issue("mapping.no_columns")),
        (levels(level="x"), offered("level", Level.values)),
        (levels(kind=None), offered("kind", OrganizationKind.values)),
        (levels(sector="x"), offered("sector", ["rural", "urban"])),
        ({}, offered("sheet", SHEETS)),
        ({"sheet": "x", "columns": NEEDED}, offered("sheet", SHEETS)),
        ({"sheet": []}, offered("sheet", SHEETS)),
        (charges(), None),
        (charges(since="丙", member_of="", identity=None), None),
        (charges(colour="丙"), offered("columns", OF_CHARGES)),
        ({"sheet": "charges"}, lacking("name", "organization")),
        ({"sheet": "charges", "columns": ["name"]}, lacking("name", "organization")),
        (charges(name=""), lacking("name")),
        (charges(since=1), lacking("since")),
        (charges(since=["丙"], name=1), lacking("name", "since")),
    ],
)
def test_a_mapping_is_told_what_is_wrong_with_it(mapping: Any, fault: Issue | None) -> None:
    assert mapping_fault(mapping, ["rural", "urban"]) == fault


def table(headings: list[str], *rows: list[Any], title: str = "名单") -> SheetData:
    return SheetData(
        "", title, tuple(headings), tuple(f"“{heading}”" for heading in headings),
        tuple(range(2, len(headings) + 2)), ("多余",), list(enumerate(rows, start=3)),
    )  # fmt: skip


def test_a_list_is_one_of_our_sheets_under_other_headings() -> None:
    source = table(["类型", "名字", "支部"], ["正式", "王一", "A1"], ["预备", "李二", "A2"])
    columns = {"organization": "支部", "name": "名字", "since": "", "standing": "类型"}
    found = renamed(source, {"sheet": "members", "columns": columns})
    assert found.title == "名单"
    assert found.keys == ("name", "organization", "standing")
    assert found.headings == ("“名字”", "“支部”", "“类型”")
    assert found.rows == [(3, ["王一", "A1", "正式"]), (4, ["李二", "A2", "预备"])]
    assert found.ignored == ()
    assert found.cell(4, "standing") == "B4"


def test_a_list_without_a_title_has_that_of_the_sheet() -> None:
    columns = {"name": "名字"}
    found = renamed(table(["名字"], title=""), {"sheet": "members", "columns": columns})
    assert found.title == "党员"


TREE = [
    {"code": "镇码", "name": "镇", "level": "township", "kind": "committee"},
    {"code": "村码", "name": "村", "level": "grassroots", "kind": "branch", "sector": "rural"},
]
HEADINGS = ["镇码", "镇", "村码", "村"]


def test_the_rows_of_a_tree_name_everything_once_with_its_place() -> None:
    roster = read_levels(
        table(HEADINGS, ["K", "甲镇", "K1", "一村"], ["K", "甲镇", "K2", "二村"]), TREE
    )
    assert roster.errors == roster.notes == []
    assert roster.organizations == [
        OrganizationRow(3, "K", "甲镇", "committee", "township", None, None),
        OrganizationRow(3, "K1", "一村", "branch", "grassroots", "rural", "K"),
        OrganizationRow(4, "K2", "二村", "branch", "grassroots", "rural", "K"),
    ]
    assert list(roster.tables) == ["organizations"]
    assert roster.tables["organizations"].headings == ("“村码”", "“村”")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (
            ["K", "乙镇", "K2", "二村"],
            Issue("two_names", "名单", "C4", "“镇”", "乙镇", {"of": "K", "cell": "C3"}),
        ),
        (
            ["L", "乙镇", "K1", "一村"],
            Issue("two_parents", "名单", "D4", "“村码”", "K1", {"of": "K1", "cell": "D3"}),
        ),
        (
            ["L", "乙镇", "K1", "二村"],
            Issue("two_names", "名单", "E4", "“村”", "二村", {"of": "K1", "cell": "E3"}),
        ),
        (["K", "甲镇", None, "二村"], Issue("required", "名单", "D4", "“村码”")),
        (["K", None, "K2", "二村"], Issue("required", "名单", "C4", "“镇”")),
        (["K", "甲镇", "乙", "二村"], Issue("not_a_code", "名单", "D4", "“村码”", "乙")),
    ],
)
def test_a_row_of_a_tree_that_disagrees_with_one_above_is_wrong(
    row: list[Any], error: Issue
) -> None:
    roster = read_levels(table(HEADINGS, ["K", "甲镇", "K1", "一村"], row), TREE)
    assert roster.errors == [error]


def test_nothing_below_a_level_that_cannot_be_read_is_taken() -> None:
    rows = (["K", None, "K1", "一村"], ["K", "甲镇", "K2", "二村"])
    roster = read_levels(table(HEADINGS, *rows), TREE)
    assert [each.code for each in roster.organizations] == ["K", "K2"]


@pytest.mark.parametrize("title", ["名单", ""])
def test_a_tree_of_one_level_is_told_by_its_title_or_as_our_sheet(title: str) -> None:
    rows = ([" Ｋ ", "甲镇"], ["K", "乙镇"])
    roster = read_levels(table(["镇码", "镇"], *rows, title=title), TREE[:1])
    assert roster.tables["organizations"].headings == ("“镇码”", "“镇”")
    assert [(each.code, each.name) for each in roster.organizations] == [("K", "甲镇")]
    [error] = roster.errors
    assert (error.sheet, error.cell) == (title or "党组织", "C4")


def test_the_same_error_in_every_row_is_told_each_time() -> None:
    first, wrong = ["K", "甲镇", "K1", "一村"], ["K", "乙镇", "K1", "一村"]
    roster = read_levels(table(HEADINGS, first, wrong, wrong), TREE)
    assert [(error.code, error.cell) for error in roster.errors] == [
        ("two_names", "C4"),
        ("two_names", "C5"),
    ]
    assert [each.name for each in roster.organizations] == ["甲镇", "一村"]
