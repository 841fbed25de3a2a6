from datetime import date

import pytest

from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations.opening import close_campaign
from pingyi.campaigns.operations.rounds import close_round
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.reviews.models import Review, Sign
from pingyi.reviews.operations.consequences import withdraw_review
from pingyi.reviews.operations.record import record_many
from pingyi.reviews.operations.signs import SignsFound


def refused(code, deed, *args, **kwargs):
    with pytest.raises(Refusal) as found:
        deed(*args, **kwargs)
    assert found.value.code == code
    assert str(found.value)
    return found.value


def test_a_review_of_a_person_is_kept_with_all_that_belongs_to_it(record, participants, now):
    review = record("village_secretary", "village_member", themes=["anniversary"])
    kept = Review.objects.get(pk=review.pk)
    assert kept.reviewer == participants["village_secretary"]
    assert kept.participant == participants["village_member"]
    assert kept.unit is None
    assert kept.themes == ["anniversary"]
    assert kept.problems.startswith("对外出流动党员")
    assert (kept.recorded_at, kept.recorded_by) == (now, None)


def test_the_very_same_review_is_recorded_once(record, now):
    """A retry; withdrawn, it may be recorded anew, and in other words it is another one."""
    first = record("village_secretary", "village_member")
    for _ in range(30):
        assert record("village_secretary", "village_member", accept_signs=True) == first
    assert Entry.objects.filter(subject=f"review:{first.pk}").count() == 1
    words = {"problems": "走访偏少，半年只去了两户人家", "accept_signs": True}
    other = record("village_secretary", "village_member", **words)
    assert other != first
    themed = record(
        "village_secretary", "village_member", accept_signs=True, themes=["anniversary"]
    )
    assert themed not in (first, other)
    withdraw_review(review=first, reason="重录", by=None, now=now)
    assert record("village_secretary", "village_member", accept_signs=True) not in (first, other)


def test_a_review_of_a_unit_is_kept(record, units):
    assert record("t1_leader", "T1-1").unit == units["T1-1"]


def test_every_review_has_its_line_in_the_ledger(record):
    review = record("village_secretary", "village_member")
    entry = Entry.objects.get(subject=f"review:{review.pk}")
    assert entry.kind == "review.recorded"
    assert "张小芳" in entry.body.content


def test_the_texts_are_kept_without_blanks_around_them(record):
    assert record("village_secretary", "village_member", place="  村部 ").place == "村部"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"held_on": date(2011, 6, 2)}, "in_future"),
        ({"held_on": date(2011, 5, 30)}, "before_campaign"),
        ({"form": "shouting"}, "unknown_form"),
        ({"themes": ["weather"]}, "unknown_theme"),
        ({"place": "  "}, "place_missing"),
        ({"place": "村" * 101}, "place_too_long"),
        ({"achievements": "字" * 4001}, "part_too_long"),
    ],
)
def test_wrong_entries_are_refused_with_a_sentence(record, changes, code):
    refused(code, record, "village_secretary", "village_member", **changes)
    assert not Review.objects.exists()


def test_a_review_in_a_round_not_yet_open_is_refused(campaign, record):
    refused(
        "round_planned",
        record,
        "village_secretary",
        "village_member",
        round_=campaign.rounds.get(code="second"),
    )


def test_a_review_in_a_closed_round_is_refused(record, closed_round):
    refused("round_closed", record, "village_secretary", "village_member", round_=closed_round)


def test_a_round_closed_since_it_was_read_takes_no_review(record, first_round, closed_round):
    assert Round.objects.get(pk=first_round.pk).state == "closed"
    refused("round_closed", record, "village_secretary", "village_member", round_=first_round)


def test_a_review_in_a_closed_campaign_is_refused(record, campaign, closed_round, now):
    second = campaign.rounds.get(code="second")
    campaigns.open_round(round_=second, by=None, now=now)
    close_round(round_=second, by=None, now=now)
    close_campaign(campaign=campaign, by=None, now=now)
    refused("campaign_closed", record, "village_secretary", "village_member", round_=second)


def test_a_campaign_without_leader_reviews_takes_none(record, campaign):
    campaign.pack_copy.content["review"] = None
    campaign.pack_copy.save()
    campaign.pack_hash = "without reviews"
    campaign.save()
    refused("no_reviews", record, "village_secretary", "village_member")


def test_signs_stop_the_saving_and_say_where(record):
    found = refused(
        "signs", record, "village_secretary", "village_member", direction="", problems="工作不够"
    )
    assert isinstance(found, SignsFound)
    assert [(sign.kind, sign.part) for sign in found.signs[0]] == [
        ("thin", "problems"),
        ("empty", "direction"),
    ]
    assert len(found.details) == 2
    assert "张小芳" in str(found.details[0])
    assert not Review.objects.exists()


def test_saving_anyway_keeps_the_mark(record):
    review = record("village_secretary", "village_member", direction="", accept_signs=True)
    assert [(sign.kind, sign.part) for sign in review.signs.all()] == [("empty", "direction")]


def test_a_copy_of_an_earlier_review_names_it(record):
    first = record("village_secretary", "village_member")
    found = refused("signs", record, "village_secretary", "village_probationer")
    assert {sign.similar_to for sign in found.signs[0]} == {first.pk}
    second = record("village_secretary", "village_probationer", accept_signs=True)
    assert {(s.similar_to, s.likeness) for s in second.signs.all()} == {(first, 100)}


def test_a_withdrawn_review_is_no_model_to_be_copied(record, now):
    first = record("village_secretary", "village_member")
    withdraw_review(review=first, reason="录错了人", by=None, now=now)
    assert not record("village_secretary", "village_probationer").signs.exists()


def test_many_reviews_are_recorded_at_once(first_round, new, now):
    rows = record_many(
        round_=first_round,
        reviews=[
            new("village_secretary", "village_member", 0),
            new("school_secretary", "school_member", 1),
            new("t1_leader", "T1-1", 2),
        ],
        by=None,
        now=now,
    )
    assert [str(row.unit or row.participant) for row in rows] == [
        "张小芳",
        "孙丽",
        "柳湾村党支部",
    ]
    assert Entry.objects.filter(kind="review.recorded").count() == 3


def test_the_second_of_two_copies_handed_in_together_bears_the_mark(first_round, new, now):
    first, second = record_many(
        round_=first_round,
        reviews=[
            new("village_secretary", "village_member"),
            new("village_secretary", "village_probationer"),
        ],
        accept_signs=True,
        by=None,
        now=now,
    )
    assert not first.signs.exists()
    assert {sign.similar_to for sign in second.signs.all()} == {first}


def test_of_many_reviews_all_wrong_ones_are_named_and_none_is_saved(first_round, new, now):
    found = refused(
        "not_entitled",
        record_many,
        round_=first_round,
        reviews=[
            new("village_secretary", "village_member", 0),
            new("village_secretary", "school_member", 1),
            new("school_secretary", "village_probationer", 2),
        ],
        by=None,
        now=now,
    )
    assert len(found.details) == 2
    assert "孙丽" in str(found.details[0])
    assert not Review.objects.exists()
    assert not Sign.objects.exists()


def test_more_reviewers_than_are_named_one_by_one_are_compared_all_the_same(record, monkeypatch):
    monkeypatch.setattr("pingyi.reviews.queries.texts.MANY", 0)
    monkeypatch.setattr("pingyi.reviews.queries.sight.MANY", 0)
    record("village_secretary", "village_member")
    refused("signs", record, "village_secretary", "village_probationer")
