from datetime import date

import pytest

from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.reviews import permissions
from pingyi.reviews.operations.consequences import add_follow_up, publish, withdraw_review
from pingyi.reviews.queries.coverage import has_reviewed, is_reviewed

GIVEN = {"scope": "unit", "way": "meeting", "published_on": date(2011, 6, 1), "by": None}


def refused(code, deed, **kwargs):
    with pytest.raises(Refusal) as found:
        deed(**kwargs)
    assert found.value.code == code


@pytest.fixture
def review(record):
    return record("village_secretary", "village_member")


def test_what_became_of_a_review_is_added_later(review, now, branch_secretary_user):
    kept = add_follow_up(review=review, text=" 已走访 ", by=branch_secretary_user, now=now)
    assert (kept.follow_up, kept.followed_up_by) == ("已走访", branch_secretary_user)
    assert Entry.objects.filter(kind="review.followed_up").count() == 1


def test_a_follow_up_says_something(review, now):
    refused("text_missing", add_follow_up, review=review, text=" ", by=None, now=now)


def test_keepers_and_the_reviewer_follow_up(
    review, clerk_user, other_clerk_user, branch_secretary_user, member_user
):
    for actor in (clerk_user, branch_secretary_user, None):
        assert permissions.why_not_follow_up(actor, review) is None
    for actor in (other_clerk_user, member_user):
        assert permissions.why_not_follow_up(actor, review).code == "not_keeper"


def test_a_withdrawn_review_no_longer_counts(review, first_round, now):
    people = first_round.campaign.participants.all()
    reviewers = people.filter(has_reviewed("pk", first_round))
    assert set(reviewers) == {review.reviewer}
    withdrawn = withdraw_review(review=review, reason="录错了人", by=None, now=now)
    assert withdrawn.withdrawal_reason == "录错了人"
    assert not reviewers.all().exists()
    assert not people.filter(is_reviewed("participant", first_round)).exists()
    refused("withdrawn", withdraw_review, review=review, reason="再", by=None, now=now)
    refused("withdrawn", add_follow_up, review=review, text="再", by=None, now=now)


def test_withdrawing_needs_a_reason(review, now):
    refused("reason_missing", withdraw_review, review=review, reason="", by=None, now=now)


def test_only_those_who_record_withdraw(review, clerk_user, member_user, branch_secretary_user):
    assert permissions.why_not_withdraw(clerk_user, review) is None
    assert permissions.why_not_withdraw(branch_secretary_user, review) is None
    assert permissions.why_not_withdraw(member_user, review).code == "not_own"


def test_reviews_are_published_with_scope_and_way(review, units, now):
    made = publish(unit=units["T1-1"], reviews=[review], place=" 公开栏 ", now=now, **GIVEN)
    assert (made.scope, made.way, made.place) == ("unit", "meeting", "公开栏")
    assert list(made.reviews.all()) == [review]
    assert Entry.objects.filter(kind="reviews.published").count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scope": "moon"}, "unknown_scope"),
        ({"way": "drum"}, "unknown_way"),
        ({"published_on": date(2011, 6, 2)}, "in_future"),
        ({"reviews": []}, "nothing_chosen"),
    ],
)
def test_wrong_publications_are_refused(review, units, now, changes, code):
    given = {"unit": units["T1-1"], "reviews": [review], "now": now, **GIVEN, **changes}
    refused(code, publish, **given)


def test_reviews_from_outside_or_withdrawn_are_not_published(review, units, record, now):
    refused("not_of_unit", publish, unit=units["T2"], reviews=[review], now=now, **GIVEN)
    withdraw_review(review=review, reason="录错了人", by=None, now=now)
    refused("not_of_unit", publish, unit=units["T1-1"], reviews=[review], now=now, **GIVEN)


def test_keepers_publish(review, units, clerk_user, member_user):
    assert permissions.why_not_publish(clerk_user, units["T1-1"]) is None
    assert permissions.why_not_publish(member_user, units["T1-1"]).code == "not_keeper"


def test_a_campaign_without_reviews_publishes_none(campaign, units, review, now):
    campaign.pack_copy.content["review"] = None
    campaign.pack_hash = "without reviews, published"
    unit = units["T1-1"]
    unit.campaign = campaign
    refused("no_reviews", publish, unit=unit, reviews=[review], now=now, **GIVEN)


def test_nothing_is_withdrawn_in_a_closed_round(review, closed_round, now):
    review.refresh_from_db()
    refused(
        "round_closed",
        withdraw_review,
        review=review,
        reason="录错了人",
        by=None,
        now=now,
    )
