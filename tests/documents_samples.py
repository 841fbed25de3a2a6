"""The notice's five annexes and a ledger as layouts, built from the golden figures."""

import json
from pathlib import Path
from typing import Any

from pingyi.documents.layouts import (
    BlankBallot,
    BlankRosterBallot,
    Box,
    Cell,
    Column,
    Layout,
    LedgerTable,
    PaperTable,
    TableBlock,
    TableRow,
)

GOLDEN = json.loads(
    (Path(__file__).parent / "fixtures" / "annexes.golden.json").read_text(encoding="utf-8")
)
HEAD = (("填报单位(盖章)", "中共示范镇委员会"), ("填报时间", "2011年6月20日"))
FOOT = (("负责人", ""), ("填表人", ""), ("联系电话", ""))
NOTES = ("表中只统计人数,不统计人次,不重复统计;", "在今年6月底前完成的列入“第一次”栏目统计。")
GRADES = ("满意", "比较满意", "基本满意", "不满意")
RARE_NAMES = ("张㛃", "王䶮", "李𠅤", "刘𬱖")
INK = (("党组织名称", ""), ("时间", "  年  月  日"))


def block(figures: dict[str, Any], start: int = 0, end: int | None = None) -> TableBlock:
    rows = tuple(
        TableRow(tuple(label.split("/")), tuple(cells[start:end]))
        for label, cells in figures.items()
        if label != "columns"
    )
    return TableBlock(columns=tuple(figures["columns"][start:end]), rows=rows)


def annex_1() -> PaperTable:
    return PaperTable(
        title="领导点评和群众评议等工作情况统计表(党员领导干部)",
        annex="附件1",
        head=HEAD,
        blocks=tuple(block(figures) for figures in GOLDEN["annex1"].values()),
        notes=NOTES,
        foot=FOOT,
    )


def annex_2(number: int = 2) -> PaperTable:
    figures = GOLDEN[f"annex{number}"]
    return PaperTable(
        title="领导点评和群众评议等工作情况统计表",
        annex=f"附件{number}",
        head=HEAD,
        blocks=(block(figures, 0, 6), block(figures, 6, 12)),
        foot=FOOT,
    )


def annex_4() -> BlankBallot:
    return BlankBallot(
        title="基层党组织开展创先争优活动群众评议表",
        annex="附件4",
        head=INK,
        items=("推进创先争优活动、兑现公开承诺情况", "为民办实事情况", "基本评价"),
        grades=GRADES,
        boxes=(Box("意见和建议(可附页)", 1.4), Box("意见和建议整改落实情况", beside=True)),
        notes=("请在评议选项相应栏中打“√”。",),
    )


def annex_5(names: tuple[str, ...] = RARE_NAMES, blank_rows: int = 2) -> BlankRosterBallot:
    return BlankRosterBallot(
        title="党员参加创先争优活动群众评议表",
        annex="附件5",
        head=INK,
        items=("参加创先争优活动、践行公开承诺情况", "立足本职岗位争优情况", "基本评价"),
        grades=GRADES,
        names=names,
        blank_rows=blank_rows,
        notes=("请在评议选项相应栏中打“√”。",),
    )


def ledger(*rows: tuple[Cell, ...]) -> LedgerTable:
    return LedgerTable(
        title="领导点评工作台账",
        columns=(Column("序号", 5, "center"), Column("点评领导", 10), Column("努力方向", 40)),
        rows=rows,
        head=(("单位", "示范镇党委"), ("截止时间", "2011年6月30日")),
    )


def every_layout() -> list[Layout]:
    return [annex_1(), annex_2(), annex_2(3), annex_4(), annex_5(), ledger((1, "王䶮", "换届"))]
