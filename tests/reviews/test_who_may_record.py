import pytest

from pingyi.accounts.enums import Role
from pingyi.campaigns.operations.people import remove_participant
from pingyi.reviews import permissions
from pingyi.reviews.operations.assign import reassign
from pingyi.reviews.permissions import why_not_record
from tests.cast import user_with


@pytest.fixture
def why_not(first_round, participants, units):
    def asked(actor, reviewer, subject):
        refusal = why_not_record(
            actor,
            first_round,
            participants[reviewer],
            unit=units.get(subject),
            participant=participants.get(subject),
        )
        return refusal.code if refusal else None

    return asked


@pytest.mark.parametrize(
    ("reviewer", "subject", "code"),
    [
        ("village_secretary", "village_member", None),
        ("village_secretary", "village_secretary", "oneself"),
        ("village_secretary", "school_member", "not_entitled"),
        ("village_secretary", "T1-1", "not_entitled"),
        ("village_member", "village_probationer", "not_entitled"),
        ("t1_leader", "village_member", None),
        ("t1_leader", "T1-1", None),
        ("t1_leader", "T2-1", "not_entitled"),
        ("t1_secretary", "school_member", None),
        ("county_leader", "T2", None),
        ("county_leader", "t2_member", None),
        ("t2_secretary", "T2-1", None),
    ],
)
def test_leaders_review_inside_what_they_lead(why_not, reviewer, subject, code):
    assert why_not(None, reviewer, subject) == code


@pytest.mark.parametrize("many", [0, 500])
def test_an_assigned_reviewer_may_review_outside_the_line(
    many, why_not, assignments, participants, now, monkeypatch
):
    """Whether what is assigned is looked up by a few subjects, or by the reviewers of many."""
    monkeypatch.setattr(permissions, "MANY", many)
    assert why_not(None, "school_secretary", "village_member") == "not_entitled"
    reassign(
        assignment=assignments("张小芳"),
        reviewer=participants["school_secretary"],
        reason="支部书记住院",
        by=None,
        now=now,
    )
    assert why_not(None, "school_secretary", "village_member") is None


def test_reviewers_record_their_own(why_not, branch_secretary_user, leader_user):
    assert why_not(branch_secretary_user, "village_secretary", "village_member") is None
    assert why_not(leader_user, "t1_leader", "T1-1") is None


def test_a_branch_secretary_does_not_record_for_the_deputy(why_not, branch_secretary_user):
    assert why_not(branch_secretary_user, "t1_leader", "village_member") == "not_own"


def test_the_clerk_types_for_reviewers_of_the_own_subtree(
    why_not, clerk_user, other_clerk_user, secretary_user, office_user
):
    for actor in (clerk_user, secretary_user, office_user):
        assert why_not(actor, "village_secretary", "village_member") is None
        assert why_not(actor, "t1_leader", "T1-1") is None
    assert why_not(other_clerk_user, "village_secretary", "village_member") == "not_own"


def test_the_clerk_does_not_type_for_a_leader_from_above(why_not, other_clerk_user, office_user):
    assert why_not(other_clerk_user, "county_leader", "T2") == "not_own"
    assert why_not(office_user, "county_leader", "T2") is None


def test_members_and_inspectors_type_for_nobody(why_not, member_user, inspector_user):
    assert why_not(member_user, "village_secretary", "village_probationer") == "not_own"
    assert why_not(inspector_user, "village_secretary", "village_member") == "not_own"


def test_there_is_exactly_one_subject(first_round, participants, units):
    leader = participants["t1_leader"]
    none = why_not_record(None, first_round, leader)
    both = why_not_record(
        None, first_round, leader, unit=units["T1-1"], participant=participants["village_member"]
    )
    assert none is not None
    assert none.code == "not_in_campaign"
    assert both is not None
    assert both.code == "not_in_campaign"


def test_people_who_have_left_neither_review_nor_are_reviewed(
    first_round, participants, why_not, now
):

    remove_participant(participant=participants["village_member"], reason="已故", by=None, now=now)
    participants["village_member"].refresh_from_db()
    assert why_not(None, "village_secretary", "village_member") == "not_in_campaign"


def test_a_person_who_is_a_member_nowhere_is_no_subject(first_round, participants, why_not):
    participants["village_member"].unit = None
    assert why_not(None, "village_secretary", "village_member") == "not_in_campaign"


def test_a_typist_reaches_a_leader_by_post_where_there_is_no_membership(
    first_round, participants, clerk_user, why_not
):
    participants["t1_leader"].unit = None
    assert why_not(clerk_user, "t1_leader", "T1-1") is None


def test_whoever_keeps_both_may_speak_for_a_leader(
    participants, units, clerk_user, other_clerk_user, member_user, leader_user
):
    leader = participants["t1_leader"]
    assert permissions.why_not_speak_for(None, leader, units["T1-1"]) is None
    assert permissions.why_not_speak_for(leader_user, leader, units["T1-1"]) is None
    assert permissions.why_not_speak_for(clerk_user, leader, units["T1-1"]) is None
    for actor in (other_clerk_user, member_user):
        refusal = permissions.why_not_speak_for(actor, leader, units["T1-1"])
        assert refusal is not None
        assert refusal.code == "not_own"


def test_a_role_of_another_county_counts_for_nothing(why_not, register, now):
    stranger = user_with("t2-office", Role.OFFICE, register.t2, now)
    assert why_not(stranger, "village_secretary", "village_member") == "not_own"


def test_an_account_without_person_is_not_somebody_outside_the_register(
    record, why_not, assignments, participants, units, inspector_user, clerk_user
):
    """Neither has a person: that does not make one of them the other."""
    review = record("village_secretary", "village_member")
    assignment = assignments("张小芳")
    for key in ("village_secretary", "village_member"):
        participants[key].person = None
        participants[key].save()
    assert inspector_user.person_id is clerk_user.person_id is None
    leader = participants["village_secretary"]
    refusal = permissions.why_not_speak_for(inspector_user, leader, units["T1-1"])
    assert refusal.code == "not_own"
    assert why_not(inspector_user, "village_secretary", "village_member") == "not_own"
    review.refresh_from_db()
    assert permissions.why_not_follow_up(inspector_user, review).code == "not_keeper"
    assignment.refresh_from_db()
    assert permissions.why_not_reassign(clerk_user, assignment) is None
