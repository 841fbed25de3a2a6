"""What a row of 党员 says twice, compared: sex and birth date with the identity number, the joining
date with the age. Pointed out, never refused: nobody knows which of the two is wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pingyi.organizations.enums import Gender
from pingyi.organizations.rules.identity import birthday_of, is_male
from pingyi.rosters.rules.columns import written
from pingyi.rosters.rules.issues import Remarks, Table

AGE_OF_JOINING = 18
MALE, FEMALE = Gender.MALE.value, Gender.FEMALE.value


def note_doubts(
    table: Table, remarks: Remarks, row: int, number: str, said: Mapping[str, Any]
) -> None:
    """Note what does not agree in one row; `number` is empty where there is no sound one."""
    gender, born, since = said.get("gender"), said.get("born_on"), said.get("since")
    if number:
        sex, birthday = (MALE if is_male(number) else FEMALE), birthday_of(number)
        if gender and gender != sex:
            words = written("gender", gender), written("gender", sex)
            remarks.add(table, (row, "gender"), "sex_not_as_number", *words)
        if born and born != birthday:
            remarks.add(table, (row, "born_on"), "birth_not_as_number", born, birthday)
        born = born or birthday
    if born and since and since < _comes_of_age(born):
        remarks.add(table, (row, "since"), "joined_under_age", since, since)


def _comes_of_age(born: date) -> date:
    """The day on which somebody may join; who was born on 29 February a day later."""
    year = born.year + AGE_OF_JOINING
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
