"""The township of the notice as a roster workbook: 31 branches, 1,277 members (N11).

Only counts are the notice's; every name is invented. The county committee stands above the
township so that its secretary has somebody to be reviewed by; it is outside the township's tables.
"""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

TOWNSHIP = "SFZ"
SECTOR_SHORT = {"街道社区": "社区", "机关部门": "机关"}
SINCE = date(2010, 1, 1)


def workbook(golden: dict[str, Any]) -> bytes:
    """The four sheets of the official template, filled from the golden figures."""
    sheets = {
        "党组织": [["编码", "名称", "类别", "层级", "领域", "上级编码", "成立日期"]],
        "党员": [["姓名", "身份证号", "性别", "出生日期", "党组织编码", "党员类别", "入党日期"]],
        "职务": [
            ["姓名", "身份证号", "党组织编码", "职务", "领导类别", "任职日期", "所在党组织编码"]
        ],
        "分工": [["姓名", "身份证号", "分管党组织编码", "起始日期", "所在党组织编码"]],
    }
    _county(sheets)
    branches = _branches(sheets, golden)
    _leaders(sheets, golden, branches)
    return _written(sheets)


def _county(sheets: dict[str, list[list[Any]]]) -> None:
    sheets["党组织"] += [
        ["YL", "中共云岭县委员会", "党委", "县", None, None, SINCE],
        ["YL-1", "县委机关党支部", "党支部", "基层", "机关部门", "YL", SINCE],
        [TOWNSHIP, "中共示范镇委员会", "党委", "乡镇街道", None, "YL", SINCE],
    ]
    sheets["党员"].append(["郑县长", None, "男", None, "YL-1", "正式党员", SINCE])
    sheets["职务"].append(["郑县长", None, "YL", "县委常委", "县市区委常委", SINCE, "YL-1"])
    sheets["分工"].append(["郑县长", None, TOWNSHIP, SINCE, "YL-1"])


def _branches(
    sheets: dict[str, list[list[Any]]], golden: dict[str, Any]
) -> list[tuple[str, str, list[str]]]:
    """(code, sector, names of members) of every branch; the first member is its secretary."""
    branches = []
    columns = golden["annex2"]["columns"]
    for sector, count, members in zip(
        columns, golden["annex2"]["党组织数"], golden["annex3"]["党员数"], strict=True
    ):
        for index in range(count or 0):
            code = f"{TOWNSHIP}-{len(branches) + 1:02d}"
            name = f"{SECTOR_SHORT.get(sector, sector)}第{index + 1}党支部"
            sheets["党组织"].append([code, name, "党支部", "基层", sector, TOWNSHIP, SINCE])
            size = members // count + (index < members % count)
            people = [_name(len(branches), number) for number in range(size)]
            sheets["党员"] += [
                [
                    person,
                    None,
                    "女" if number % 3 == 0 else "男",
                    None,
                    code,
                    "预备党员" if number == size - 1 else "正式党员",
                    SINCE,
                ]
                for number, person in enumerate(people)
            ]
            sheets["职务"].append(
                [people[0], None, code, "支部书记", "其它基层党组织书记", SINCE, code]
            )
            branches.append((code, sector, people))
    return branches


def _leaders(
    sheets: dict[str, list[list[Any]]],
    golden: dict[str, Any],
    branches: list[tuple[str, str, list[str]]],
) -> None:
    """The township's secretary and leading group, members of its first office branch."""
    office, _sector, people = next(branch for branch in branches if branch[1] == "机关部门")
    leaders = people[1 : 2 + golden["checks"]["leading_group_members"]]
    for index, person in enumerate(leaders):
        title, category = (
            ("党委书记", "乡镇、街道党工委书记")
            if index == 0
            else (f"党委委员{index}", "乡镇、街道党工委领导班子成员")
        )
        sheets["职务"].append([person, None, TOWNSHIP, title, category, SINCE, office])
    for index, (code, _branch_sector, _people) in enumerate(branches):
        person = leaders[index % len(leaders)]
        sheets["分工"].append([person, None, code, SINCE, office])


FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安邦才达恩发国海建康丽明宁平勤荣山涛文祥雅志中珍"


def _name(branch: int, number: int) -> str:
    """A name that is unique within its branch."""
    family = FAMILIES[branch % len(FAMILIES)]
    first, second = divmod(number, len(GIVEN))
    return family + GIVEN[first] + GIVEN[second]


def _written(sheets: dict[str, list[list[Any]]]) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif value is not None:
                    sheet.write(at, column, value)
    book.close()
    return buffer.getvalue()
