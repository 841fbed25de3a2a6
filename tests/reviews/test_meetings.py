import pytest
from django.utils.translation import override

from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.reviews import permissions
from pingyi.reviews.models import Meeting, Review
from pingyi.reviews.operations.assign import reassign
from pingyi.reviews.operations.meetings import (
    begin_meeting,
    discard_meeting,
    save_draft,
    save_meeting,
)
from pingyi.reviews.operations.signs import SignsFound
from pingyi.reviews.queries.tasks import grid_rows, loose_ends
from pingyi.reviews.queries.worklist import worklist
from tests.reviews.conftest import TEXTS


@pytest.fixture
def keys(meeting):
    return {row.subject: row.key for row in grid_rows(meeting)}


def refused(code, deed, **kwargs):
    with pytest.raises(Refusal) as found:
        deed(**kwargs)
    assert found.value.code == code


def test_the_grid_has_a_row_for_every_member_but_the_reviewer(keys):
    assert set(keys) == {"张小芳", "刘洋"}


def test_a_sitting_above_has_rows_for_the_units_too(first_round, units, participants, plain, now):
    sitting = begin_meeting(
        round_=first_round,
        unit=units["T1"],
        reviewer=participants["t1_secretary"],
        by=None,
        now=now,
        **plain,
    )
    owed = [row.subject for row in grid_rows(sitting) if row.is_owed]
    assert owed[:3] == ["青石中学党支部", "赵文", "青石镇机关党支部"]
    assert "李秀兰" in owed


def test_drafts_keep_what_is_typed_in_the_grid_and_nothing_else(meeting, keys):
    row = keys["张小芳"]
    save_draft(
        meeting=meeting,
        draft={
            row: {"problems": " 字 ", "colour": "red"},
            keys["刘洋"]: {"problems": " "},
            "p999": {"problems": "外人"},
        },
        by=None,
    )
    kept = Meeting.objects.get(pk=meeting.pk)
    assert kept.draft == {row: {"achievements": "", "problems": "字", "direction": ""}}
    assert not Review.objects.exists()


def test_all_rows_that_are_written_become_reviews_at_once(meeting, keys, now):
    draft = {keys["张小芳"]: TEXTS[0], keys["刘洋"]: TEXTS[1]}
    made = save_meeting(meeting=meeting, draft=draft, by=None, now=now)
    assert len(made) == 2
    assert all(review.meeting_id == meeting.pk for review in made)
    assert Entry.objects.filter(kind="review.recorded").count() == 2
    saved = Meeting.objects.get(pk=meeting.pk)
    assert (saved.state, saved.draft, saved.saved_at) == ("saved", {}, now)


def test_rows_left_blank_are_not_reviewed(meeting, keys, now):
    save_draft(meeting=meeting, draft={keys["张小芳"]: TEXTS[0]}, by=None)
    assert len(save_meeting(meeting=meeting, by=None, now=now)) == 1


def test_a_blank_grid_is_not_saved(meeting, now):
    refused("nothing_written", save_meeting, meeting=meeting, by=None, now=now)


def test_copies_in_the_grid_are_pointed_out_and_nothing_is_saved(meeting, keys, now):
    draft = {keys["张小芳"]: TEXTS[0], keys["刘洋"]: TEXTS[0]}
    with pytest.raises(SignsFound) as found:
        save_meeting(meeting=meeting, draft=draft, by=None, now=now)
    assert list(found.value.signs) == [1]
    assert not Review.objects.exists()
    assert Meeting.objects.get(pk=meeting.pk).state == "draft"
    assert len(save_meeting(meeting=meeting, draft=draft, accept_signs=True, by=None, now=now)) == 2


def test_a_saved_meeting_takes_nothing_more(meeting, keys, now):
    save_meeting(meeting=meeting, draft={keys["张小芳"]: TEXTS[0]}, by=None, now=now)
    refused("not_a_draft", save_draft, meeting=meeting, draft={}, by=None)


def test_a_discarded_draft_is_gone_but_not_forgotten(meeting, keys, now):
    save_draft(meeting=meeting, draft={keys["张小芳"]: TEXTS[0]}, by=None)
    assert discard_meeting(meeting=meeting, by=None, now=now).draft == {}
    assert Entry.objects.filter(kind="review_meeting.discarded").count() == 1


def test_a_meeting_belongs_to_its_reviewer_and_their_typists(
    meeting, branch_secretary_user, clerk_user, other_clerk_user, member_user
):
    for actor in (branch_secretary_user, clerk_user, None):
        assert permissions.why_not_edit_meeting(actor, meeting) is None
    for actor in (other_clerk_user, member_user):
        assert permissions.why_not_edit_meeting(actor, meeting).code == "not_own"


def test_a_meeting_needs_somebody_to_be_reviewed(first_round, units, participants, plain, now):
    given = {"round_": first_round, "by": None, "now": now, **plain}
    village = participants["village_secretary"]
    refused("nobody_to_review", begin_meeting, unit=units["T2"], reviewer=village, **given)
    member = participants["village_member"]
    refused("nobody_to_review", begin_meeting, unit=units["T1-1"], reviewer=member, **given)


def test_a_meeting_may_be_held_where_a_review_is_assigned(
    assignments, first_round, units, participants, plain, now
):
    teacher = participants["school_secretary"]
    reassign(
        assignment=assignments("张小芳"), reviewer=teacher, reason="交叉点评", by=None, now=now
    )
    begin_meeting(
        round_=first_round, unit=units["T1-1"], reviewer=teacher, by=None, now=now, **plain
    )


def test_no_meeting_is_begun_in_a_closed_round(closed_round, units, participants):
    refusal = permissions.why_not_begin_meeting(
        None, closed_round, units["T1-1"], participants["village_secretary"]
    )
    assert refusal.code == "round_closed"


def test_a_sitting_waits_for_its_reviewer_until_it_is_saved(
    meeting, keys, first_round, branch_secretary_user, office_user, now
):
    [item] = worklist(branch_secretary_user, first_round, now.date()).waiting
    assert (item.what, item.for_whom, item.state) == ("点评会尚未保存", "柳湾村党支部", "todo")
    assert item.url == f"/reviews/cx2011/meetings/{meeting.pk}/"
    assert not worklist(office_user, first_round, now.date()).waiting
    save_meeting(meeting=meeting, draft={keys["张小芳"]: TEXTS[0]}, by=None, now=now)
    assert not worklist(branch_secretary_user, first_round, now.date()).waiting


def test_a_meeting_that_is_not_saved_is_said_before_the_round_is_closed(first_round, meeting):
    with override("en"):
        assert loose_ends(first_round) == ["1 meeting is not saved"]
    meeting.delete()
    assert loose_ends(first_round) == []
