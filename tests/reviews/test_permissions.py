"""Who may do what with reviews, where the deeds themselves do not show it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.grants import grant_role
from pingyi.campaigns.models import Campaign, Participant, Round, Unit
from pingyi.campaigns.operations import open_campaign, open_round
from pingyi.campaigns.operations.opening import close_campaign
from pingyi.campaigns.operations.people import remove_participant
from pingyi.campaigns.operations.rounds import close_round
from pingyi.core.refusals import Refusal
from pingyi.reviews import permissions
from pingyi.reviews.models import Assignment, Meeting, Review
from pingyi.reviews.operations.assign import reassign
from tests.cast import Register, user_with

People = dict[str, Participant]
Units = dict[str, Unit]


def code(refusal: Refusal | None) -> str | None:
    return None if refusal is None else refusal.code


def test_a_review_may_be_of_the_first_day_of_the_campaign(
    first_round: Round, now: datetime
) -> None:
    first = min(
        first_round.campaign.cut_off_on, *(r.opens_on for r in first_round.campaign.rounds.all())
    )
    assert permissions.why_not_held_on(first_round, first, now) is None
    before = permissions.why_not_held_on(first_round, first - timedelta(days=1), now)
    assert code(before) == "before_campaign"
    assert code(permissions.why_not_held_on(first_round, date(2011, 6, 2), now)) == "in_future"


def test_in_a_closed_round_nobody_records_begins_or_changes_a_sitting(
    meeting: Meeting, closed_round: Round, participants: People, units: Units
) -> None:
    leader, member = participants["village_secretary"], participants["village_member"]
    refusal = permissions.why_not_record(None, closed_round, leader, participant=member)
    assert code(refusal) == "round_closed"
    refusal = permissions.why_not_begin_meeting(None, closed_round, units["T1-1"], leader)
    assert code(refusal) == "round_closed"
    meeting.refresh_from_db()
    assert code(permissions.why_not_edit_meeting(None, meeting)) == "round_closed"


def test_no_one_reviews_whom_another_campaign_has(
    first_round: Round, participants: People, other_campaign: Campaign
) -> None:
    elsewhere = other_campaign.participants.get(person=participants["village_member"].person)
    leader = participants["village_secretary"]
    refusal = permissions.why_not_record(None, first_round, leader, participant=elsewhere)
    assert code(refusal) == "not_in_campaign"


@pytest.fixture
def other_campaign(register: Register, campaign: Campaign, now: datetime) -> Campaign:
    return open_campaign(
        code="other",
        name="年度评议",
        pack_code="minzhu-pingyi",
        root=register.county,
        cut_off_on=date(2011, 5, 31),
        by=None,
        now=now,
    )


def test_to_be_assigned_a_unit_is_not_to_be_assigned_its_people(
    first_round: Round,
    assignments: Callable[[str], Assignment],
    participants: People,
    units: Units,
    now: datetime,
) -> None:
    leader = participants["school_secretary"]
    reassign(
        assignment=assignments("柳湾村党支部"), reviewer=leader, reason="回避", by=None, now=now
    )
    assert permissions.why_not_record(None, first_round, leader, unit=units["T1-1"]) is None
    member = participants["village_member"]
    refusal = permissions.why_not_record(None, first_round, leader, participant=member)
    assert code(refusal) == "not_entitled"


def test_a_secretary_reviews_the_people_of_the_branch_and_never_the_branch(
    first_round: Round, participants: People, units: Units
) -> None:
    leader = participants["village_secretary"]
    member = participants["village_member"]
    assert permissions.why_not_record(None, first_round, leader, participant=member) is None
    refusal = permissions.why_not_record(None, first_round, leader, unit=units["T1-1"])
    assert code(refusal) == "not_entitled"


def test_who_keeps_the_leader_alone_does_not_type_for_what_lies_elsewhere(
    first_round: Round,
    assignments: Callable[[str], Assignment],
    participants: People,
    units: Units,
    clerk_user: User,
    other_clerk_user: User,
    now: datetime,
) -> None:
    leader = participants["village_secretary"]
    reassign(
        assignment=assignments("石桥村党支部"), reviewer=leader, reason="交叉", by=None, now=now
    )
    for actor in (clerk_user, other_clerk_user):
        refusal = permissions.why_not_record(actor, first_round, leader, unit=units["T2-1"])
        assert code(refusal) == "not_own"
        refusal = permissions.why_not_speak_for(actor, leader, units["T2-1"])
        assert code(refusal) == "not_own"
        refusal = permissions.why_not_begin_meeting(actor, first_round, units["T2-1"], leader)
        assert code(refusal) == "not_own"


def test_the_command_line_speaks_for_a_leader_outside_the_register(
    participants: People, units: Units
) -> None:
    leader = participants["village_secretary"]
    leader.person = None
    assert permissions.why_not_speak_for(None, leader, units["T1-1"]) is None


def test_a_leader_begins_a_sitting_where_there_is_somebody_to_review(
    first_round: Round,
    assignments: Callable[[str], Assignment],
    participants: People,
    units: Units,
    now: datetime,
) -> None:
    """To lead the unit is enough, and to be assigned one person there is enough."""
    leads, assigned = participants["village_secretary"], participants["school_secretary"]
    refusal = permissions.why_not_begin_meeting(None, first_round, units["T1-1"], assigned)
    assert code(refusal) == "nobody_to_review"
    for name in ("张小芳", "刘洋"):
        reassign(assignment=assignments(name), reviewer=assigned, reason="回避", by=None, now=now)
    assert not Assignment.objects.filter(round=first_round, reviewer=leads).exists()
    for leader in (leads, assigned):
        assert permissions.why_not_begin_meeting(None, first_round, units["T1-1"], leader) is None


def test_to_be_assigned_in_one_round_says_nothing_about_the_next(
    campaign: Campaign,
    first_round: Round,
    assignments: Callable[[str], Assignment],
    participants: People,
    nothing_owed: None,
    now: datetime,
) -> None:
    leader, member = participants["school_secretary"], participants["village_member"]
    reassign(assignment=assignments("张小芳"), reviewer=leader, reason="回避", by=None, now=now)
    assert permissions.why_not_record(None, first_round, leader, participant=member) is None
    close_round(round_=first_round, by=None, now=now)
    second = open_round(round_=campaign.rounds.get(code="second"), by=None, now=now)
    refusal = permissions.why_not_record(None, second, leader, participant=member)
    assert code(refusal) == "not_entitled"


def test_a_secretary_still_reviews_whom_somebody_else_is_assigned(
    first_round: Round,
    assignments: Callable[[str], Assignment],
    participants: People,
    now: datetime,
) -> None:
    leads, assigned = participants["village_secretary"], participants["school_secretary"]
    reassign(assignment=assignments("张小芳"), reviewer=assigned, reason="回避", by=None, now=now)
    member = participants["village_member"]
    assert permissions.why_not_record(None, first_round, leads, participant=member) is None


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (None, None),
        ("clerk", None),
        ("secretary", None),
        ("branch_secretary", None),
        ("other_clerk", "not_a_keeper"),
        ("member", "not_a_keeper"),
    ],
)
def test_who_is_reviewed_is_open_to_those_who_keep_or_lead(
    role: str | None,
    expected: str | None,
    first_round: Round,
    units: Units,
    request: pytest.FixtureRequest,
) -> None:
    actor = request.getfixturevalue(f"{role}_user") if role else None
    assert code(permissions.why_not_read_coverage(actor, units["T1-1"])) == expected


def test_the_reviewer_of_a_unit_is_changed_by_those_above_it(
    assignments: Callable[[str], Assignment], clerk_user: User, other_clerk_user: User
) -> None:
    assignment = assignments("柳湾村党支部")
    assert permissions.why_not_reassign(clerk_user, assignment) is None
    assert code(permissions.why_not_reassign(other_clerk_user, assignment)) == "not_clerk"


def test_who_is_a_member_nowhere_is_in_nobodys_keeping(
    record: Callable[..., Review],
    assignments: Callable[[str], Assignment],
    participants: People,
    office_user: User,
    member_user: User,
) -> None:
    assignment, review = assignments("张小芳"), record("village_secretary", "village_member")
    participants["village_member"].unit = None
    assignment.participant = review.participant = participants["village_member"]
    assert code(permissions.why_not_reassign(None, assignment)) == "not_clerk"
    assert code(permissions.why_not_reassign(office_user, assignment)) == "not_clerk"
    assert code(permissions.why_not_follow_up(office_user, review)) == "not_keeper"
    assert permissions.why_not_follow_up(None, review) is None


def test_a_review_of_a_member_of_nowhere_is_withdrawn_by_the_reviewer_and_their_keepers(
    record: Callable[..., Review],
    participants: People,
    branch_secretary_user: User,
    office_user: User,
    clerk_user: User,
    other_clerk_user: User,
    inspector_user: User,
    member_user: User,
) -> None:
    review = record("village_secretary", "village_member")
    participants["village_member"].unit = None
    review.participant = participants["village_member"]
    for actor in (None, branch_secretary_user, office_user, clerk_user):
        assert permissions.why_not_withdraw(actor, review) is None
    for actor in (other_clerk_user, inspector_user, member_user):
        assert code(permissions.why_not_withdraw(actor, review)) == "not_own"


def test_until_the_end_the_reviewer_of_a_round_to_come_is_changed(
    campaign: Campaign, first_round: Round, assignments: Callable[[str], Assignment]
) -> None:
    assignment = assignments("张小芳")
    assignment.round = campaign.rounds.get(code="second")
    assert permissions.why_not_reassign(None, assignment) is None


def test_in_a_closed_campaign_no_reviewer_is_changed(
    campaign: Campaign,
    first_round: Round,
    assignments: Callable[[str], Assignment],
    nothing_owed: None,
    now: datetime,
) -> None:
    assignment = assignments("张小芳")
    close_round(round_=first_round, by=None, now=now)
    second = open_round(round_=campaign.rounds.get(code="second"), by=None, now=now)
    close_round(round_=second, by=None, now=now)
    closed = close_campaign(campaign=campaign, by=None, now=now)
    assignment.round = closed.rounds.get(code="first")
    assert code(permissions.why_not_reassign(None, assignment)) == "campaign_closed"


def test_what_became_of_it_is_written_by_the_reviewer_and_the_keepers(
    record: Callable[..., Review],
    register: Register,
    leader_user: User,
    clerk_user: User,
    other_clerk_user: User,
) -> None:
    review = record("t1_leader", "T1-1")
    for actor in (None, leader_user, clerk_user):
        assert permissions.why_not_follow_up(actor, review) is None
    assert code(permissions.why_not_follow_up(other_clerk_user, review)) == "not_keeper"


def test_a_review_of_a_unit_is_withdrawn_by_those_who_record_it(
    record: Callable[..., Review], leader_user: User, clerk_user: User, member_user: User
) -> None:
    review = record("t1_leader", "T1-1")
    assert permissions.why_not_withdraw(leader_user, review) is None
    assert permissions.why_not_withdraw(clerk_user, review) is None
    assert code(permissions.why_not_withdraw(member_user, review)) == "not_own"


@pytest.mark.parametrize(("name", "subject"), [("石桥村党支部", "T2-1"), ("郑强", "t2_member")])
def test_who_keeps_the_reviewer_alone_withdraws_no_review_of_what_lies_elsewhere(
    name: str,
    subject: str,
    record: Callable[..., Review],
    assignments: Callable[[str], Assignment],
    participants: People,
    clerk_user: User,
    office_user: User,
    now: datetime,
) -> None:
    leader = participants["village_secretary"]
    reassign(assignment=assignments(name), reviewer=leader, reason="交叉", by=None, now=now)
    review = record("village_secretary", subject)
    assert code(permissions.why_not_withdraw(clerk_user, review)) == "not_own"
    assert permissions.why_not_withdraw(office_user, review) is None


def test_the_own_role_at_one_unit_does_not_reach_the_leader_of_another(
    first_round: Round, participants: People, units: Units, register: Register, now: datetime
) -> None:
    """A clerk of the branch keeps the branch, and not the deputy who is at home above it."""
    clerk = user_with("branch-clerk", Role.CLERK, register.village, now)
    leader = participants["t1_leader"]
    assert code(permissions.why_not_speak_for(clerk, leader, units["T1-1"])) == "not_own"
    home = register.office_branch
    grant_role(user=clerk, role=Role.CLERK, organization=home, by=None, now=now)
    assert permissions.why_not_speak_for(clerk, leader, units["T1-1"]) is None


def test_a_reviewer_who_has_left_records_no_more(
    first_round: Round, participants: People, now: datetime
) -> None:
    leader = participants["village_secretary"]
    remove_participant(participant=leader, reason="调离", by=None, now=now)
    leader.refresh_from_db()
    member = participants["village_member"]
    refusal = permissions.why_not_record(None, first_round, leader, participant=member)
    assert code(refusal) == "not_in_campaign"
