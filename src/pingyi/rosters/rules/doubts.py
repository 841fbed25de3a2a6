"""What a row of 党员 says twice, compared: sex and birth date with the identity number, the joining
date with the age. Pointed out, never refused: nobody knows which of the two is wrong."""

from datetime import date

from pingyi.organizations.enums import Gender
from pingyi.organizations.rules.identity import birthday_of, is_male
from pingyi.rosters.rules.columns import WORDS, offered
from pingyi.rosters.rules.issues import Remarks, Table

AGE_OF_JOINING = 18
MALE, FEMALE = Gender.MALE.value, Gender.FEMALE.value
# As it is written in rosters.
WRITTEN = dict(zip(dict.fromkeys(WORDS["gender"].values()), offered("gender"), strict=True))


def note_doubts(
    table: Table,
    remarks: Remarks,
    row: int,
    *,
    number: str,
    gender: str,
    born_on: date | None,
    since: date | None,
) -> None:
    """Note what does not agree in one row; `number` is empty where there is no sound one."""
    born = born_on
    if number:
        said, birthday = (MALE if is_male(number) else FEMALE), birthday_of(number)
        if gender and gender != said:
            place = (row, "gender")
            remarks.add(table, place, "sex_not_as_number", WRITTEN[gender], WRITTEN[said])
        if born_on and born_on != birthday:
            remarks.add(table, (row, "born_on"), "birth_not_as_number", born_on, birthday)
        born = born_on or birthday
    if born and since and since < _comes_of_age(born):
        remarks.add(table, (row, "since"), "joined_under_age", since, since)


def _comes_of_age(born: date) -> date:
    """The day on which somebody may join; who was born on 29 February a day later."""
    year = born.year + AGE_OF_JOINING
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
