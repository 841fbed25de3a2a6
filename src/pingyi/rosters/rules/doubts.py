"""What is doubtful in a row: a name with signs that no name has; and what a row of 党员 says
twice, compared: sex and birth date with the identity number, the joining date with the age. Pointed
out, never refused: nobody knows which of the two is wrong."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pingyi.organizations.enums import Gender
from pingyi.organizations.rules.identity import birthday_of, is_male
from pingyi.rosters.rules.columns import written
from pingyi.rosters.rules.issues import Remarks, Table
from pingyi.rosters.rules.values import Month, agree

AGE_OF_JOINING = 18
MALE, FEMALE = Gender.MALE.value, Gender.FEMALE.value

# Characters, with the repeated one (々) and zero (〇); or letters of another script.
CHINESE = re.compile("[々〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+")
LETTERS = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*\.?")
WITH_MORE = re.compile("某|(?:同志|先生|女士)$")
STOPGAPS = "同上 同前 待定 未定 不详 未知 无名 无名氏 空缺 未填 暂无 姓名 测试"
STAND_INS = frozenset(STOPGAPS.split())


def is_doubtful(name: str) -> bool:
    """Whether it is perhaps no name, or not the whole of it: 王?, =石明, 张三*, 王□, 李某, 同上."""
    if any(sign >= "\u3005" for sign in name):
        parts = name.split("·")
        is_name = len(name) > 1 and all(CHINESE.fullmatch(part) for part in parts)
        return not is_name or name in STAND_INS or WITH_MORE.search(name) is not None
    return not LETTERS.fullmatch(name)


def note_doubts(
    table: Table, remarks: Remarks, row: int, number: str, said: Mapping[str, Any]
) -> None:
    """Note what does not agree in one row; `number` is empty where there is no sound one."""
    gender, born, joined = said.get("gender"), said.get("born_on"), said.get("joined_on")
    if number:
        sex, birthday = (MALE if is_male(number) else FEMALE), birthday_of(number)
        if gender and gender != sex:
            words = written("gender", gender), written("gender", sex)
            remarks.add(table, (row, "gender"), "sex_not_as_number", *words)
        if born and not agree(born, birthday):
            remarks.add(table, (row, "born_on"), "birth_not_as_number", born, birthday)
        born = born or birthday
    if born and joined and joined < _comes_of_age(born, joined):
        remarks.add(table, (row, "joined_on"), "joined_under_age", joined, joined)
    since = said.get("since")
    if joined and since and since < joined:
        remarks.add(table, (row, "since"), "here_before_joined", since, since)


def _comes_of_age(born: date, joined: date) -> date:
    """The day (or month, as it is said of the joining) in which somebody may join; who was born on
    29 February a day later."""
    year = born.year + AGE_OF_JOINING
    if isinstance(joined, Month) or isinstance(born, Month):
        return date(year, born.month, 1)
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
