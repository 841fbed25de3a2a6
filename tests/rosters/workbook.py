"""Workbooks for the tests, as people send them."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.cast import identity_number

HEADINGS = {
    "党组织": ["编码", "名称", "类别", "层级", "领域", "上级编码", "成立日期"],
    "党员": [
        "姓名",
        "身份证号",
        "性别",
        "出生日期",
        "党组织编码",
        "党员类别",
        "入党日期",
        "进入党支部日期",
    ],
    "职务": ["姓名", "身份证号", "党组织编码", "职务", "领导类别", "任职日期", "所在党组织编码"],
    "分工": ["姓名", "身份证号", "分管党组织编码", "起始日期", "所在党组织编码"],
}
Sheets = dict[str, list[list[Any]]]


def small_roster() -> Sheets:
    """A township with two branches, three members, a leader from elsewhere."""
    return {
        "党组织": [
            ["A", "甲镇党委", "党委", "乡镇街道", None, None, "2000-01-01"],
            ["A1", "东村党支部", "党支部", "基层", "农村", "A", "2001-01-01"],
            ["A2", "西村党支部", "党支部", "基层", "农村", "A", "2001-01-01"],
        ],
        "党员": [
            ["王一", identity_number(101), "男", "1970-01-01", "A1", "正式党员", "2005-07-01"],
            ["李二", None, "女", None, "A1", "预备党员", None],
            ["张三", identity_number(103), "男", None, "A2", "正式党员", "2006-07-01"],
        ],
        "职务": [
            ["王一", identity_number(101), "A1", "支部书记", "其它基层党组织书记", "2008-01-01"],
            ["赵四", None, "A", "党委书记", "乡镇、街道党工委书记", "2009-01-01"],
        ],
        "分工": [["赵四", None, "A1", "2009-01-01"], ["赵四", None, "A2", None]],
    }


def workbook(sheets: Sheets, headings: dict[str, list[str]] = HEADINGS) -> bytes:
    """The sheets as an .xlsx."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for title, columns in headings.items():
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(sheets.get(title, []), start=1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, days)
                elif value is not None:
                    sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()


def saved(path: Path, sheets: Sheets) -> Path:
    """The workbook as a file."""
    path.write_bytes(workbook(sheets))
    return path
