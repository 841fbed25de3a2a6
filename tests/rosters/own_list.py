"""A list as offices keep it: titles, several rows of headings, names of branches, no code."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl

from pingyi.organizations.rules.identity import check_digit
from tests.rosters.workbook import Sheets, small_roster

TITLE = "甲镇党员花名册"
UPPER = [
    "序号",
    "姓名",
    "基本情况",
    None,
    None,
    None,
    "入党时间",
    "身份证号码",
    "所在党支部",
    "备注",
]
LOWER = [None, None, "性别", "民族", "出生年月", "文化程度", None, None, None, None]
NOTES = [
    None,
    None,
    "（男/女）",
    None,
    "（如1970.01）",
    None,
    "（如1995.07）",
    "（18位）",
    "（全称）",
    None,
]
WHOLE_COLUMNS = "ABGHIJ"


def township() -> Sheets:
    """Branches of which two have the same name."""
    branches = [
        ("A3", "甲镇中学党总支", "党总支", "A"),
        ("A31", "第一党支部", "党支部", "A3"),
        ("A4", "甲镇医院党总支", "党总支", "A"),
        ("A41", "第一党支部", "党支部", "A4"),
        ("A5", "甲镇机关党支部", "党支部", "A"),
    ]
    return {
        "党组织": [
            *small_roster()["党组织"],
            *(
                [code, name, kind, "基层", "农村", above, "2001-01-01"]
                for code, name, kind, above in branches
            ),
        ]
    }


def number(year: int, month: int, serial: int) -> str:
    """An identity number of nobody."""
    first = f"000000{year}{month:02d}15{serial:03d}"
    return first + check_digit(first)


def member(serial: int, branch: str | None) -> list[Any]:
    """A row in one of the ways in which people write it."""
    year, month = 1950 + serial % 40, 1 + serial % 12
    whole = number(year, month, serial)
    old = f"{whole[:6]}{whole[8:17]}"
    born = [
        f"{year}.{month:02d}",
        f"{year}年{month}月",
        f"{year}-{month:02d}",
        f"{year}{month:02d}",
    ]
    joined = [f"{year + 22}.07", f"{year + 22}年7月", f"{year + 22}-07-01", f"{year + 22}/7/1"]
    numbers = [whole, f"'{whole}", f"{whole[:6]} {whole[6:14]} {whole[14:]}", old]
    name = "赵钱孙李周吴郑王冯陈"[serial % 10] + "伟芳娜敏静丽强磊军洋艳勇"[serial // 10 % 12]
    kind = serial % 4
    sex = "男" if serial % 2 else "女"
    return [
        serial, name, sex, "汉族", born[kind], "初中", joined[kind], numbers[kind], branch, None,
    ]  # fmt: skip


def own_list(branches: Sequence[tuple[str, int]]) -> bytes:
    """The list, with so many members for each of the names of branches."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "封面"
    cover["B3"] = TITLE
    page = book.create_sheet("花名册")
    page.append([TITLE])
    page.merge_cells("A1:J1")
    page.append(["填报单位：甲镇党委", None, None, None, None, None, "填报时间：2011年5月"])
    page.append(UPPER)
    page.append(LOWER)
    page.merge_cells("C3:F3")
    for letter in WHOLE_COLUMNS:
        page.merge_cells(f"{letter}3:{letter}4")
    page.append(NOTES)
    serial = 0
    for place, (branch, size) in enumerate(branches):
        first = page.max_row + 1
        for index in range(size):
            serial += 1
            # Every other branch is written once, into merged cells.
            page.append(member(serial, branch if index == 0 or place % 2 else None))
        if place % 2 == 0 and size > 1:
            page.merge_cells(f"I{first}:I{page.max_row}")
        if place == 1:
            page.append([TITLE])
            page.append(UPPER)
            page.append(LOWER)
    for later in range(serial + 1, serial + 6):
        page.append([later])
    page.append(["合计", f"{serial}人"])
    page.append(["填表人：周洁", None, None, None, None, None, "审核人：吴明"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
