"""Two people at the same review, assignment or sitting: nothing is done twice or lost."""

from collections.abc import Callable
from datetime import datetime

import pytest

from pingyi.accounts.models import User
from pingyi.campaigns.models import (
    Campaign,
    Exemption,
    ExemptionProposal,
    Participant,
    Round,
    Unit,
)
from pingyi.campaigns.operations import exempt_many
from pingyi.campaigns.operations.people import remove_participant
from pingyi.campaigns.operations.proposals import (
    change_exemption_limit,
    confirm_exemptions,
    withdraw_exemptions,
)
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries import gaps_of, people_locked, round_held, units_locked
from pingyi.core.holds import hold
from pingyi.ledger.models import Entry
from pingyi.reviews.models import Assignment, Meeting, Publication, Review
from pingyi.reviews.operations.assign import Assigned, derive_assignments, reassign
from pingyi.reviews.operations.consequences import publish, withdraw_review
from pingyi.reviews.operations.meetings import save_meeting
from pingyi.reviews.queries.tasks import grid_rows
from tests.at_once import AtOnce, Beside, refused
from tests.reviews.conftest import HELD_ON, TEXTS

Record = Callable[..., Review]


@pytest.fixture
def published(units: dict[str, Unit], now: datetime) -> Callable[[Review], Publication]:
    """Makes a review known at a meeting of the village branch."""
    return lambda review: publish(
        unit=units["T1-1"],
        reviews=[review],
        scope="unit",
        way="meeting",
        published_on=HELD_ON,
        by=None,
        now=now,
    )


@pytest.mark.lock("held.round_held")
def test_a_round_that_is_being_closed_takes_no_more_reviews(
    at_once: AtOnce, record: Record, first_round: Round, now: datetime
) -> None:
    gaps = list(gaps_of(first_round))
    exempt_many(round_=first_round, gaps=gaps, reason="暂不要求点评和评议", by=None, now=now)
    with refused("round_closed"):
        at_once(
            lambda: close_round(round_=first_round, by=None, now=now),
            lambda: record("village_secretary", "village_member"),
        )
    assert not Review.objects.exists()


@pytest.mark.lock("held.round_held")
def test_two_record_beside_each_other(
    beside: Beside,
    record: Record,
    first_round: Round,
    units: dict[str, Unit],
    participants: dict[str, Participant],
) -> None:
    """All that comes before the ledger: each locks the people and the unit it is about."""

    def held() -> None:
        round_held(first_round)
        people_locked([participants["school_secretary"].pk, participants["school_member"].pk])
        units_locked([units["T1-2"].pk])

    beside(held, lambda: record("village_secretary", "village_member"))
    assert Review.objects.count() == 1


@pytest.mark.lock("held.people_locked", "held.units_locked")
@pytest.mark.parametrize("leader", ["village_secretary", "t1_leader"])
def test_of_two_equal_texts_the_second_is_pointed_out(
    leader: str, at_once: AtOnce, record: Record
) -> None:
    """By one leader, or by two about members of one unit."""
    with refused("signs"):
        at_once(
            lambda: record("village_secretary", "village_member"),
            lambda: record(leader, "village_probationer"),
        )
    assert Review.objects.count() == 1


@pytest.mark.lock("held.round_held")
def test_whoever_is_being_removed_is_not_reviewed(
    at_once: AtOnce, record: Record, participants: dict[str, Participant], now: datetime
) -> None:
    member = participants["village_member"]
    with refused("not_in_campaign"):
        at_once(
            lambda: remove_participant(participant=member, reason="调离", by=None, now=now),
            lambda: record("village_secretary", "village_member"),
        )


@pytest.mark.lock("held.round_held")
def test_no_review_is_withdrawn_from_a_round_that_is_being_closed(
    at_once: AtOnce, record: Record, first_round: Round, now: datetime
) -> None:
    review = record("village_secretary", "village_member")
    gaps = list(gaps_of(first_round))
    exempt_many(round_=first_round, gaps=gaps, reason="暂不要求点评和评议", by=None, now=now)
    with refused("round_closed"):
        at_once(
            lambda: close_round(round_=first_round, by=None, now=now),
            lambda: withdraw_review(review=review, reason="记错了人", by=None, now=now),
        )


@pytest.mark.lock("held.round_locked")
def test_a_round_closes_over_the_review_that_is_being_recorded(
    at_once: AtOnce, record: Record, first_round: Round, now: datetime
) -> None:
    gaps = gaps_of(first_round)
    others = [gap for gap in gaps if gap.subject != "张小芳" or gap.duty != "review"]
    assert len(others) == len(gaps) - 1
    exempt_many(round_=first_round, gaps=others, reason="暂不要求点评和评议", by=None, now=now)
    closed = at_once(
        lambda: record("village_secretary", "village_member"),
        lambda: close_round(round_=first_round, by=None, now=now),
    )
    assert closed.state == "closed"


@pytest.mark.lock("proposals._locked")
def test_proposed_exemptions_are_decided_on_once(
    at_once: AtOnce,
    campaign: Campaign,
    first_round: Round,
    units: dict[str, Unit],
    clerk_user: User,
    office_user: User,
    now: datetime,
) -> None:
    change_exemption_limit(campaign=campaign, exempt_alone=1, by=None, now=now)
    gaps = list(gaps_of(first_round, [units["T1-1"].path]))
    proposal = exempt_many(
        round_=first_round, gaps=gaps, reason="汛期停止活动", by=clerk_user, now=now
    )
    assert isinstance(proposal, ExemptionProposal)
    with refused("decided"):
        at_once(
            lambda: withdraw_exemptions(proposal=proposal, by=clerk_user, now=now),
            lambda: confirm_exemptions(proposal=proposal, by=office_user, now=now),
        )
    assert not Exemption.objects.exists()


@pytest.mark.lock("consequences._locked")
def test_a_review_is_withdrawn_once(at_once: AtOnce, record: Record, now: datetime) -> None:
    review = record("village_secretary", "village_member")

    def withdraw() -> Review:
        return withdraw_review(review=review, reason="记错了人", by=None, now=now)

    with refused("withdrawn"):
        at_once(withdraw, withdraw)
    assert Entry.objects.filter(kind="review.withdrawn").count() == 1


@pytest.mark.lock("consequences._publishable")
def test_a_review_that_is_being_withdrawn_is_not_published(
    at_once: AtOnce, record: Record, published: Callable[[Review], Publication], now: datetime
) -> None:
    review = record("village_secretary", "village_member")
    with refused("not_of_unit"):
        at_once(
            lambda: withdraw_review(review=review, reason="记错", by=None, now=now),
            lambda: published(review),
        )
    assert not Publication.objects.exists()


@pytest.mark.lock("consequences._publishable")
def test_two_publish_one_review_beside_each_other(
    beside: Beside, record: Record, published: Callable[[Review], Publication]
) -> None:
    review = record("village_secretary", "village_member")
    assert beside(lambda: hold(Review.objects.all()), lambda: published(review)).pk


@pytest.mark.lock("held.people_locked", "held.units_locked")
def test_each_change_of_a_reviewer_says_whom_it_replaced(
    at_once: AtOnce,
    assignments: Callable[[str], Assignment],
    participants: dict[str, Participant],
    now: datetime,
) -> None:
    assignment = assignments("张小芳")

    def give_to(reviewer: str) -> Callable[[], Assignment]:
        return lambda: reassign(
            assignment=assignment,
            reviewer=participants[reviewer],
            reason="支部书记住院",
            by=None,
            now=now,
        )

    at_once(give_to("t1_leader"), give_to("t1_secretary"))
    assert '"before":"李秀兰"' in Entry.objects.latest("seq").body.content


@pytest.mark.lock("held.round_locked")
def test_assignments_are_derived_once(at_once: AtOnce, first_round: Round, now: datetime) -> None:
    Assignment.objects.all().delete()

    def derive() -> Assigned:
        return derive_assignments(round_=first_round, by=None, now=now)

    assert at_once(derive, derive).added == 0


@pytest.mark.lock("held.round_locked")
def test_nobody_is_assigned_who_is_being_removed(
    at_once: AtOnce,
    first_round: Round,
    participants: dict[str, Participant],
    now: datetime,
) -> None:
    member = participants["village_member"]
    at_once(
        lambda: remove_participant(participant=member, reason="调离", by=None, now=now),
        lambda: derive_assignments(round_=first_round, by=None, now=now),
    )
    assert not Assignment.objects.filter(participant=member).exists()


@pytest.mark.lock("held.round_locked")
def test_a_reviewer_chosen_by_hand_outlasts_deriving_anew(
    at_once: AtOnce,
    assignments: Callable[[str], Assignment],
    participants: dict[str, Participant],
    first_round: Round,
    now: datetime,
) -> None:
    assignment = assignments("张小芳")
    remove_participant(
        participant=participants["village_secretary"], reason="调离", by=None, now=now
    )
    at_once(
        lambda: reassign(
            assignment=assignment,
            reviewer=participants["t1_secretary"],
            reason="支部书记调离",
            by=None,
            now=now,
        ),
        lambda: derive_assignments(round_=first_round, by=None, now=now),
    )
    assert Assignment.objects.get(pk=assignment.pk).reviewer == participants["t1_secretary"]


@pytest.mark.lock("meetings._locked")
def test_the_reviews_of_a_sitting_are_recorded_once(
    at_once: AtOnce, meeting: Meeting, now: datetime
) -> None:
    row = grid_rows(meeting)[0]

    def save() -> list[Review]:
        return save_meeting(
            meeting=meeting, draft={row.key: TEXTS[0]}, accept_signs=True, by=None, now=now
        )

    with refused("not_a_draft"):
        at_once(save, save)
    assert Review.objects.count() == 1
