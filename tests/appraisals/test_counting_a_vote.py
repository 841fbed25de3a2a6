from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Flag
from pingyi.appraisals.operations.counts import (
    declare_void,
    reopen_count,
    save_count,
    sign_count,
    start_count,
)
from pingyi.appraisals.permissions.counts import why_not_sign_count
from pingyi.appraisals.queries.counts import count_of, figures_of, lines_of
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.appraisals.queries.results import member_results, unit_result
from pingyi.appraisals.queries.stages import stages_done
from pingyi.appraisals.rules.identities import Figures, Line
from pingyi.campaigns.operations.people import remove_participant
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from tests.appraisals.conftest import (
    BAD,
    FIGURES,
    GOOD,
    HELD_ON,
    ITEMS,
    MEMBER_ITEMS,
    unit_lines,
)

VOID = replace(FIGURES, issued=10)


@pytest.fixture
def appraisal(prepared, village):
    return prepared(village)


@pytest.fixture
def start(appraisal, now):
    def started(form="annex4"):
        return start_count(
            round_=appraisal.round,
            unit=appraisal.unit,
            form=form,
            counted_on=HELD_ON,
            by=None,
            now=now,
        )

    return started


@pytest.fixture
def deed(now):
    """Does a deed on a count from the command line."""

    def done(operation, count, **given):
        return operation(count=count, by=None, now=now, **given)

    return done


def refusal(deed, *args, **given):
    with pytest.raises(Refusal) as caught:
        deed(*args, **given)
    return caught.value


@pytest.fixture
def member_lines(participants):
    people = ["village_secretary", "village_member", "village_probationer"]
    return [
        Line(item, GOOD, member=participants[key].pk) for key in people for item in MEMBER_ITEMS
    ]


def test_a_draft_is_kept_even_where_it_does_not_add_up(typed, appraisal):
    count = typed(appraisal, [Line("overall", {"satisfied": 3})], scrutineer=" ", teller="")
    assert count.state == CountState.DRAFT
    assert figures_of(count) == FIGURES
    assert lines_of(count) == [Line("overall", {"satisfied": 3})]


def test_starting_again_gives_the_open_draft(start):
    assert start() == start()
    assert Entry.objects.filter(kind="appraisal.count_started").count() == 1


def test_a_form_of_another_campaign_is_unknown(start):
    assert refusal(start, "annex9").code == "unknown_form"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Line("weather", GOOD), "unknown_item"),
        (Line("overall", {"splendid": 3}), "unknown_option"),
        (Line("overall", GOOD, member=10**6), "unknown_member"),
    ],
)
def test_what_the_form_does_not_have_is_refused(line, code, typed, appraisal):
    assert refusal(typed, appraisal, [line]).code == code


def test_a_member_of_another_branch_has_no_row(typed, appraisal, participants):
    lines = [Line("overall", GOOD, member=participants["school_member"].pk)]
    assert refusal(typed, appraisal, lines, form="annex5").code == "unknown_member"


def test_a_sound_count_is_signed_and_written_into_the_ledger(signed, appraisal):
    count = signed(appraisal, unit_lines())
    assert count.state == CountState.SIGNED
    assert stages_done(appraisal.round, appraisal.unit) >= {"ballot"}
    assert Entry.objects.filter(kind="appraisal.count_signed").count() == 1


def test_members_are_counted_in_rows_of_their_own(signed, appraisal, member_lines):
    count = signed(appraisal, member_lines, form="annex5")
    results = member_results(count)
    assert [len(result.items) for result in results] == [4, 4, 4]
    assert unit_result(count) == []
    assert stages_done(appraisal.round, appraisal.unit) & {"ballot"} == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"counted_on": date(2011, 6, 2)}, "day_ahead"),
        ({"scrutineer": " "}, "unsigned"),
        ({"teller": ""}, "unsigned"),
        ({"teller": "周 监票"}, "same_person"),
        ({"scrutineer": "吴 计票"}, "same_person"),
        ({"lines": unit_lines()[:-1]}, "lines_missing"),
        ({"figures": replace(FIGURES, present=13)}, "identities"),
        ({"figures": VOID}, "vote_is_void"),
    ],
)
def test_what_stands_between_a_draft_and_its_signature(changes, code, typed, appraisal, deed):
    given = dict(changes)
    count = typed(appraisal, given.pop("lines", unit_lines()), **given)
    assert refusal(deed, sign_count, count).code == code
    count.refresh_from_db()
    assert count.state == CountState.DRAFT


def test_a_void_vote_is_told_with_its_figures(typed, appraisal, deed):
    told = str(refusal(deed, sign_count, typed(appraisal, [], figures=VOID)))
    assert "11" in told
    assert "10" in told


def test_every_identity_is_told_with_its_figures(typed, appraisal, deed):
    lines = [Line(item, GOOD if item != "deeds" else {"satisfied": 3}) for item in ITEMS]
    figures = replace(FIGURES, present=13, spoilt=2)
    told = refusal(deed, sign_count, typed(appraisal, lines, figures=figures)).details
    assert len(told) == 3
    assert "13" in told[0]
    assert "12" in told[1]
    assert "为民办实事情况" in told[2]


def test_a_wrong_row_of_a_member_is_told_by_name(typed, appraisal, deed, member_lines):
    wrong = [replace(member_lines[0], votes={"satisfied": 3}), *member_lines[1:]]
    told = refusal(deed, sign_count, typed(appraisal, wrong, form="annex5")).details
    assert len(told) == 1
    assert "王大山 · 参加创先争优活动、践行公开承诺情况" in told[0]


def test_a_missing_row_of_a_member_is_told_by_name(typed, appraisal, deed, member_lines):
    told = refusal(deed, sign_count, typed(appraisal, member_lines[1:], form="annex5")).details
    assert told == ("王大山 · 参加创先争优活动、践行公开承诺情况",)


def test_a_row_of_somebody_who_has_left_is_not_signed(
    typed, appraisal, deed, member_lines, participants, now
):
    count = typed(appraisal, member_lines, form="annex5")
    remove_participant(
        participant=participants["village_member"], reason="组织关系转出", by=None, now=now
    )
    assert refusal(deed, sign_count, count).code == "unknown_member"


def test_where_a_blank_is_invalid_abstentions_are_refused(typed, appraisal, monkeypatch, now):
    monkeypatch.setattr("pingyi.appraisals.permissions.counts.blank_counts", lambda _plan: False)
    lines = unit_lines()
    lines[0] = Line(lines[0].item, {**GOOD, "satisfied": 5}, abstained=1)
    assert "1" in why_not_sign_count(None, typed(appraisal, lines), now).details[0]


def test_where_a_blank_is_an_abstention_it_is_signed(signed, appraisal):
    lines = unit_lines()
    lines[0] = Line(lines[0].item, {**GOOD, "satisfied": 5}, abstained=1)
    assert signed(appraisal, lines).state == CountState.SIGNED


@pytest.mark.parametrize(("self_vote", "state"), [(False, "signed"), (True, "draft")])
def test_whoever_votes_on_oneself_leaves_no_ballot_out(
    self_vote, state, typed, appraisal, deed, member_lines, monkeypatch
):
    plan = needed_plan(appraisal.round)
    counting = plan.counting.model_copy(update={"self_vote": self_vote})
    plan = plan.model_copy(update={"counting": counting})
    monkeypatch.setattr("pingyi.appraisals.permissions.counts.needed_plan", lambda _round: plan)
    lines = [replace(line, votes={**line.votes, "satisfied": 5}) for line in member_lines]
    count = typed(appraisal, lines, form="annex5")
    if self_vote:
        assert refusal(deed, sign_count, count).code == "identities"
    else:
        count = deed(sign_count, count)
    assert count.state == state


def test_a_signed_count_is_neither_typed_nor_signed_nor_started_again(
    signed, start, appraisal, deed
):
    count = signed(appraisal, unit_lines())
    assert refusal(start).code == "already_counted"
    for operation in (sign_count, declare_void):
        assert refusal(deed, operation, count).code == "count_not_draft"
    given = {"figures": FIGURES, "lines": [], "scrutineer": "", "teller": "", "counted_on": HELD_ON}
    assert refusal(deed, save_count, count, **given).code == "count_not_draft"


def test_a_void_vote_is_followed_by_the_next_number(typed, start, appraisal, deed):
    deed(declare_void, typed(appraisal, [], figures=VOID))
    following = start()
    assert following.number == 2
    assert lines_of(following) == []
    assert [count.state for count in appraisal.counts.order_by("number")] == ["void", "draft"]


def test_a_good_vote_cannot_be_declared_void(typed, appraisal, deed):
    assert refusal(deed, declare_void, typed(appraisal, [])).code == "vote_is_good"


def test_a_signed_count_is_opened_again_and_its_flags_withdrawn(signed, appraisal, deed):
    count = signed(appraisal, unit_lines(BAD))
    assert Flag.objects.count() == 2
    assert refusal(deed, reopen_count, count, reason=" ").code == "reason_missing"
    again = deed(reopen_count, count, reason="录入错误")
    assert (again.state, again.signed_at, again.number) == (CountState.DRAFT, None, 1)
    assert count_of(appraisal, "annex4") == again
    assert figures_of(again) == FIGURES
    assert lines_of(again) == unit_lines(BAD)
    assert not Flag.objects.exists()
    assert refusal(deed, reopen_count, count, reason="再来").code == "count_not_signed"


def test_of_a_count_that_is_opened_again_the_signed_row_stays(
    signed, appraisal, deed, now, office_user
):
    count = signed(appraisal, unit_lines(BAD))
    later = now + timedelta(days=1)
    given = {"reason": "录入错误", "by": office_user, "now": later}
    again = reopen_count(count=count, **given)
    figures = {**asdict(FIGURES), "valid": 9, "spoilt": 2}
    deed(
        save_count, again, figures=Figures(**figures), lines=[],
        scrutineer="周监票", teller="郑计票", counted_on=HELD_ON,
    )  # fmt: skip
    count.refresh_from_db()
    assert (count.state, count.number, count.teller) == (CountState.REOPENED, 1, "吴计票")
    assert (count.signed_at, count.reopened_at, count.reopened_by) == (now, later, office_user)
    assert figures_of(count) == FIGURES
    assert lines_of(count) == unit_lines(BAD)


def test_a_vote_has_one_row_that_is_not_opened_again(signed, appraisal, deed):
    for _time in range(2):
        count = signed(appraisal, unit_lines())
        deed(reopen_count, count, reason="录入错误")
    states = appraisal.counts.order_by("pk").values_list("state", "number")
    assert list(states) == [("reopened", 1), ("reopened", 1), ("draft", 1)]
    with pytest.raises(IntegrityError, match=r"vote_is_numbered_once|UNIQUE"):
        appraisal.counts.create(
            form="annex4", number=1, counted_on=HELD_ON, recorded_at=count.recorded_at
        )


def test_after_reopening_the_count_is_signed_with_new_flags(signed, typed, appraisal, deed):
    count = signed(appraisal, unit_lines(BAD))
    deed(reopen_count, count, reason="录入错误")
    signed(appraisal, unit_lines())
    assert not Flag.objects.exists()
