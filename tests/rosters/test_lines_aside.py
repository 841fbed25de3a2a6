"""Which lines of a roster are none of its rows."""

import re

import pytest

from pingyi.documents.workbook_headings import close
from pingyi.rosters.rules.columns import ASIDE
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.test_what_reading_noticed import rows_of
from tests.rosters.workbook import small_roster


@pytest.mark.parametrize(
    "line",
    [
        "填表人：周洁", "填 表 人 周洁", "制表人", "审核人:", "填表时间：2011年6月20日",
        "填报单位（盖章）", "合计", "合 计", "总计：120人", "小计（人）", "共120人", "共 计 120 人",
        "备注：本表一式两份", "注：", "注1：", "说明:1.", "（盖章）", "单位盖章", "以下空白",
        "（此页无正文）", "单位负责人（签字）：", "党支部书记签字：", "以上共2名",
        "一、石桥村党支部", "2011年6月20日", "2011-06-20", "———", "第1页", "第 1 页 共 3 页",
        "联系电话：", "负责人：", "（填表人：）", "Total", "核对人:", "校对人：",
        "党支部书记：王五", "支部书记 王五：", "书记:", "以上共计三人", "共计二十三名", "—完—",
        "完", "（完）", "以上全部",
    ],
)  # fmt: skip
def test_a_line_aside_is_known_by_how_it_begins(line: str) -> None:
    assert re.match(ASIDE, close(line))


@pytest.mark.parametrize(
    "line",
    [
        "周洁",
        "注册",
        "共产",
        "合计村党支部",
        "说明白",
        "备注村",
        "第一",
        "共和",
        "计划",
        "单位",
        "Notman",
        "书记",
        "支部书记",
        "完颜亮",
        "共三",
        "以上官",
    ],
)
def test_names_are_no_lines_aside(line: str) -> None:
    assert not re.match(ASIDE, close(line))


@pytest.mark.django_db
def test_the_foot_of_a_roster_is_skipped_and_said(preview: Door) -> None:
    file = rows_of(small_roster())
    file["党员"] += [["填表人：周洁", None, None, None, None, None, "填表时间：2011年6月20日"]]
    file["党组织"] += [["合计", "3个"], file["党组织"][0]]
    made = preview(excel(file))
    assert made.errors == []
    said = [(note["code"], note["sheet"], note["cell"]) for note in made.notes]
    assert said[:3] == [
        ("row_aside", "党组织", "5"),
        ("headings_again", "党组织", "6"),
        ("row_aside", "党员", "5"),
    ]
