"""Namesakes in the village of the cast, to be in the register before a campaign is frozen."""

from datetime import date, datetime

import pytest

from pingyi.organizations.models import Person
from pingyi.register.operations import register_member
from tests.cast import FOUNDED, Register, identity_number

# key, name, born on. One pair is told apart by the year, the other only by letters.
NAMESAKES = [
    ("older", "张建国", date(1965, 3, 1)),
    ("younger", "张建国", date(1972, 9, 9)),
    ("first", "王丽", date(1980, 5, 2)),
    ("second", "王\u3000丽", date(1980, 11, 3)),
]
SHOWN = ["张建国（1965）", "张建国（1972）", "王丽（甲）", "王\u3000丽（乙）"]


@pytest.fixture
def namesakes(register: Register, now: datetime) -> dict[str, Person]:
    """Two pairs of namesakes, members of the village."""
    return {
        key: register_member(
            organization=register.village,
            name=name,
            identity=identity_number(500 + number),
            born_on=born_on,
            on=FOUNDED,
            by=None,
            now=now,
        ).person
        for number, (key, name, born_on) in enumerate(NAMESAKES)
    }
