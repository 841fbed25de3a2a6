from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Participant, Round, Unit
from pingyi.campaigns.operations.rounds import close_round
from pingyi.reviews.models import Assignment, Meeting, Review
from pingyi.reviews.operations.assign import derive_assignments
from pingyi.reviews.operations.meetings import begin_meeting
from pingyi.reviews.operations.record import NewReview, record_review
from tests.cast import Register, user_with

HELD_ON = date(2011, 6, 1)

TEXTS = [
    {
        "achievements": "带领村民修通了三公里机耕道,群众运粮不再肩挑背扛",
        "problems": "对外出流动党员联系不够,半年只通了两次电话",
        "direction": "七月底前把流动党员逐人联系一遍并建立台账",
    },
    {
        "achievements": "在初三毕业班承担两个班的数学课,中考优秀率提高九个百分点",
        "problems": "家访偏少,有五名留守学生的家里整个学期没有去过",
        "direction": "九月开学前走访全部留守学生,每人定一份帮扶计划",
    },
    {
        "achievements": "调解山林纠纷十一起,没有一起上交到镇里",
        "problems": "组织生活会记录潦草,有两次缺少参加人签名",
        "direction": "从下月起每次会议当天整理记录,年底接受镇党委抽查",
    },
]


@pytest.fixture
def plain() -> dict[str, Any]:
    """What every review has besides its subject and its texts."""
    return {"form": "meeting", "held_on": HELD_ON, "place": "村部会议室"}


@pytest.fixture
def record(
    first_round: Round, participants: dict[str, Participant], units: dict[str, Unit], now: Any
) -> Callable[..., Review]:
    """Records a review of a person (by key) or a unit (by code) from the command line."""

    def made(
        reviewer: str, subject: str, text: int = 0, *, round_: Round | None = None, **changes: Any
    ) -> Review:
        given: dict[str, Any] = {
            "form": "meeting",
            "held_on": HELD_ON,
            "place": "村部会议室",
            "by": None,
            "now": now,
            **TEXTS[text],
            **changes,
        }
        return record_review(
            round_=round_ or first_round,
            reviewer=participants[reviewer],
            unit=units.get(subject),
            participant=participants.get(subject),
            **given,
        )

    return made


@pytest.fixture
def new(participants: dict[str, Participant], units: dict[str, Unit]) -> Callable[..., NewReview]:
    """A review that is still to be recorded."""

    def made(reviewer: str, subject: str, text: int = 0, **changes: Any) -> NewReview:
        given: dict[str, Any] = {
            "form": "meeting",
            "held_on": HELD_ON,
            "place": "村部会议室",
            **TEXTS[text],
            **changes,
        }
        return NewReview(
            reviewer=participants[reviewer],
            unit=units.get(subject),
            participant=participants.get(subject),
            **given,
        )

    return made


@pytest.fixture
def assignments(first_round: Round, now: Any) -> Callable[[str], Assignment]:
    """Derives the assignments of the first round; finds one by the name of its subject."""
    derive_assignments(round_=first_round, by=None, now=now)

    def found(subject: str) -> Assignment:
        by_subject = {
            str(a.unit or a.participant): a
            for a in Assignment.objects.filter(round=first_round).select_related(
                "unit", "participant"
            )
        }
        return by_subject[subject]

    return found


@pytest.fixture
def meeting(
    first_round: Round,
    units: dict[str, Unit],
    participants: dict[str, Participant],
    plain: dict[str, Any],
    now: Any,
    branch_secretary_user: User,
) -> Meeting:
    """A sitting of the village branch, begun by its secretary."""
    return begin_meeting(
        round_=first_round,
        unit=units["T1-1"],
        reviewer=participants["village_secretary"],
        by=branch_secretary_user,
        now=now,
        **plain,
    )


@pytest.fixture
def leader_user(register: Register, now: Any) -> User:
    """The deputy secretary of the township, in charge of the village; signs in as a member."""
    person = register.people["t1_leader"]
    return user_with("leader", Role.MEMBER, register.office_branch, now, person)


@pytest.fixture
def probationer_user(register: Register, now: Any) -> User:
    person = register.people["village_probationer"]
    return user_with("probationer", Role.MEMBER, register.village, now, person)


@pytest.fixture
def closed_round(campaign: Campaign, first_round: Round, now: Any, nothing_owed: None) -> Round:
    """The first round, closed."""

    return close_round(round_=first_round, by=None, now=now)
