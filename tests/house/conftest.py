"""Fixtures of the rooms, for what is asked of all of them at once."""

from tests.appraisals.conftest import plain, prepared, signed, typed
from tests.house.elsewhere import elsewhere
from tests.house.every_address import outsiders, people, records, world
from tests.house.growing import county, grow
from tests.reviews.conftest import assignments

__all__ = [
    "assignments",
    "county",
    "elsewhere",
    "grow",
    "outsiders",
    "people",
    "plain",
    "prepared",
    "records",
    "signed",
    "typed",
    "world",
]
