import pytest

from pingyi.campaigns.operations.people import move_participant, remove_participant
from pingyi.campaigns.operations.signing_in import settle_signing_in
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.reviews import permissions
from pingyi.reviews.models import Assignment
from pingyi.reviews.operations.assign import derive_assignments, reassign
from pingyi.reviews.queries.worklist import worklist


def refused(code, **kwargs):
    with pytest.raises(Refusal) as found:
        reassign(**kwargs)
    assert found.value.code == code


def test_opening_a_round_derives_its_assignments(first_round):
    assert Assignment.objects.filter(round=first_round).exists()


def test_charge_and_affiliation_say_who_reviews_whom(assignments):
    names = {
        subject: (a.reviewer and a.reviewer.name, a.source)
        for subject in ("张小芳", "王大山", "李秀兰", "陈卫东", "柳湾村党支部", "中共青石镇委员会")
        for a in [assignments(subject)]
    }
    assert names == {
        "张小芳": ("王大山", "affiliation"),
        "王大山": ("李秀兰", "charge"),
        "李秀兰": ("陈卫东", "affiliation"),
        "陈卫东": ("高远", "charge"),
        "柳湾村党支部": ("李秀兰", "charge"),
        "中共青石镇委员会": ("高远", "charge"),
    }


def test_deriving_twice_changes_nothing(assignments, first_round, now):
    lines = Entry.objects.count()
    done = derive_assignments(round_=first_round, by=None, now=now)
    assert (done.added, done.changed, done.removed) == (0, 0, 0)
    # The county leader has no secretary beside him and nobody above.
    assert done.without_reviewer == 1
    assert Entry.objects.count() == lines


def test_an_assignment_changed_by_hand_survives(assignments, first_round, participants, now):
    changed = reassign(
        assignment=assignments("张小芳"),
        reviewer=participants["t1_leader"],
        reason="支部书记住院",
        by=None,
        now=now,
    )
    derive_assignments(round_=first_round, by=None, now=now)
    kept = Assignment.objects.get(pk=changed.pk)
    assert (kept.reviewer, kept.source) == (participants["t1_leader"], "edited")
    assert "支部书记住院" in Entry.objects.get(kind="reviews.reassigned").body.content


def test_deriving_anew_follows_the_universe(assignments, first_round, participants, units, now):
    remove_participant(participant=participants["village_member"], reason="已故", by=None, now=now)
    move_participant(
        participant=participants["school_member"],
        unit=units["T1-1"],
        reason="调动",
        by=None,
        now=now,
    )
    done = derive_assignments(round_=first_round, by=None, now=now)
    assert (done.added, done.changed, done.removed) == (0, 1, 1)
    assert assignments("孙丽").reviewer == participants["village_secretary"]


def test_only_the_office_derives(first_round, clerk_user, office_user):
    assert permissions.why_not_derive(office_user, first_round) is None
    assert permissions.why_not_derive(clerk_user, first_round).code == "not_office"


def test_nothing_is_derived_in_a_closed_round(closed_round):
    assert permissions.why_not_derive(None, closed_round).code == "round_closed"


def test_a_change_needs_a_reason(assignments, participants, now):
    refused(
        "reason_missing",
        assignment=assignments("张小芳"),
        reviewer=participants["t1_leader"],
        reason=" ",
        by=None,
        now=now,
    )


def test_nobody_is_made_their_own_reviewer(assignments, participants, now):
    refused(
        "oneself",
        assignment=assignments("张小芳"),
        reviewer=participants["village_member"],
        reason="试试",
        by=None,
        now=now,
    )


def test_whoever_left_is_no_reviewer(assignments, participants, now):
    leader, assignment = participants["t1_leader"], assignments("张小芳")
    remove_participant(participant=leader, reason="调离", by=None, now=now)
    refused(
        "not_in_campaign",
        assignment=assignment,
        reviewer=leader,
        reason="试试",
        by=None,
        now=now,
    )


def test_a_subject_may_be_left_without_reviewer_for_a_time(assignments, now):
    changed = reassign(
        assignment=assignments("高远"), reviewer=None, reason="待上级安排", by=None, now=now
    )
    assert changed.reviewer is None


def test_clerks_change_reviewers_below_them_but_not_their_own(
    assignments, clerk_user, other_clerk_user, secretary_user
):
    def why_not(actor, subject):
        refusal = permissions.why_not_reassign(actor, assignments(subject))
        return refusal.code if refusal else None

    assert why_not(clerk_user, "张小芳") is None
    assert why_not(other_clerk_user, "张小芳") == "not_clerk"
    assert why_not(secretary_user, "陈卫东") == "oneself"


def test_what_nobody_reviews_and_who_cannot_sign_in_is_told_to_the_office(
    assignments, first_round, participants, office_user, clerk_user, now
):
    def told(user):
        return [item.what for item in worklist(user, first_round, now.date()).owed]

    before = told(office_user)
    changed = {"reason": "调离", "by": None, "now": now}
    reassign(assignment=assignments("张小芳"), reviewer=None, **changed)
    assert len(told(office_user)) == len(before) + (not before)
    assert "没有点评人" in " ".join(told(office_user))
    leader = participants["t1_leader"]
    reassign(assignment=assignments("刘洋"), reviewer=leader, **changed)
    assert f"点评人没有账号：{leader.shown_name}" in told(office_user)
    assert not any("点评人" in what for what in told(clerk_user))
    # Where secretaries do not sign in nobody needs to hear of it.
    campaign = first_round.campaign
    settle_signing_in(campaign=campaign, secretaries_sign_in=False, by=None, now=now)
    campaign.refresh_from_db()
    assert "点评人没有账号" not in " ".join(told(office_user))
    assert "没有点评人" in " ".join(told(office_user))


def test_whoever_is_to_be_reviewed_is_not_offered_as_the_reviewer(
    client, assignments, participants, office_user
):
    client.force_login(office_user)
    one = assignments("王大山")
    page = client.get(f"/reviews/cx2011/rounds/first/assignments/{one.pk}/?q=王大山")
    offered = [key for key, _name in page.context["form"].fields["reviewer"].choices]
    assert str(participants["village_secretary"].pk) not in offered
