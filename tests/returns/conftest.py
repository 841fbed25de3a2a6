from collections.abc import Callable
from typing import Any

import pytest

from pingyi.appraisals.rules.identities import Line
from pingyi.campaigns.models import Campaign, Round
from pingyi.reviews.operations import NewReview, record_many
from tests.appraisals.conftest import (
    GOOD,
    HELD_ON,
    MEMBER_ITEMS,
    plain,
    prepared,
    signed,
    typed,
    unit_lines,
    yearly,
)
from tests.cast import Register
from tests.returns.working import Work
from tests.reviews.conftest import TEXTS

__all__ = ["plain", "prepared", "signed", "typed", "yearly"]

# reviewer, subject: a unit by its code or a person by their key
REVIEWS = [
    ("village_secretary", "village_member"),
    ("school_secretary", "school_member"),
    ("t1_leader", "T1-1"),
]


@pytest.fixture
def reviewed(
    first_round: Round, units: dict[str, Any], participants: dict[str, Any], now: Any
) -> Round:
    """Two people and one branch are reviewed."""
    reviews = [
        NewReview(
            reviewer=participants[reviewer],
            unit=units.get(subject),
            participant=participants.get(subject),
            form="meeting",
            held_on=HELD_ON,
            place="村部会议室",
            **TEXTS[at],
        )
        for at, (reviewer, subject) in enumerate(REVIEWS)
    ]
    record_many(round_=first_round, reviews=reviews, by=None, now=now)
    return first_round


@pytest.fixture
def appraised(
    reviewed: Round,
    units: dict[str, Any],
    prepared: Callable[..., Any],
    signed: Callable[..., Any],
) -> Round:
    """And the village branch and its three members are appraised."""
    count_all(prepared(units["T1-1"]), signed)
    return reviewed


def count_all(appraisal: Any, signed: Callable[..., Any]) -> None:
    """Both forms of an appraisal are counted and signed."""
    signed(appraisal, unit_lines())
    people = appraisal.unit.members.order_by("pk")
    lines = [Line(item, GOOD, member=person.pk) for person in people for item in MEMBER_ITEMS]
    signed(appraisal, lines, form="annex5")


@pytest.fixture
def another_round(campaign: Campaign) -> Round:
    """The second round, still planned."""
    return campaign.rounds.select_related("campaign").get(code="second")


@pytest.fixture
def work(campaign: Campaign, register: Register, nothing_owed: None) -> Work:
    return Work(campaign, register)
