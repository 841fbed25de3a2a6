"""Rounds open in order, close over no gap, open again."""

from datetime import date

import pytest

from pingyi.campaigns import permissions
from pingyi.campaigns.doors import DUTIES, OPENERS, Duty, Owed
from pingyi.campaigns.operations.exemptions import exempt
from pingyi.campaigns.operations.opening import close_campaign
from pingyi.campaigns.operations.rounds import (
    change_round_dates,
    close_round,
    open_round,
    reopen_round,
)
from pingyi.campaigns.queries.gaps import Gap, gaps_of
from pingyi.campaigns.queries.rounds import current_round
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry

OPENED = []
GAPS = []


def opener(*, round_, by, now):
    OPENED.append((round_.code, by, now))


def owed(code):
    def found(round_):
        units = [gap.unit_id for gap in GAPS if gap.duty == code]
        people = [gap.participant_id for gap in GAPS if gap.duty == code]
        return Owed(
            round_.campaign.units.filter(id__in=units),
            round_.campaign.participants.filter(id__in=people),
        )

    return found


@pytest.fixture(autouse=True)
def _rooms_above(monkeypatch):
    monkeypatch.setattr(OPENERS, "_answers", {"tests": opener})
    duties = {code: Duty(code, owed(code)) for code in ("review", "appraisal")}
    monkeypatch.setattr(DUTIES, "_answers", duties)
    OPENED.clear()
    GAPS.clear()


def gap(unit=None, participant=None, duty="review"):
    where = unit or participant.unit
    return Gap(
        duty=duty,
        unit_id=unit.pk if unit else None,
        participant_id=participant.pk if participant else None,
        subject=(unit or participant).name,
        unit_name=where.name,
        unit_path=where.path,
        at_id=where.pk,
    )


def code_of(deed, **arguments):
    with pytest.raises(Refusal) as refusal:
        deed(**arguments)
    return refusal.value.code


def test_opening_a_round_lets_the_rooms_above_prepare(planned_campaign, office_user, now):
    first = planned_campaign.rounds.get(code="first")
    opened = open_round(round_=first, by=office_user, now=now)
    assert (opened.state, opened.opened_by, opened.opened_at) == ("open", office_user, now)
    assert [("first", office_user, now)] == OPENED
    assert Entry.objects.filter(kind="round.opened", subject="campaign:cx2011/first").count() == 1


def test_a_round_opens_once(campaign, first_round, now):
    assert code_of(open_round, round_=first_round, by=None, now=now) == "round_not_planned"


def test_one_round_is_open_at_a_time(campaign, now):
    second = campaign.rounds.get(code="second")
    assert code_of(open_round, round_=second, by=None, now=now) == "other_round_open"


def test_rounds_open_in_their_order(planned_campaign, now):
    second = planned_campaign.rounds.get(code="second")
    assert code_of(open_round, round_=second, by=None, now=now) == "earlier_round_planned"


def test_only_the_office_of_the_campaign_opens_and_closes_rounds(
    planned_campaign, clerk_user, inspector_user, now
):
    first = planned_campaign.rounds.get(code="first")
    for user in (clerk_user, inspector_user):
        assert code_of(open_round, round_=first, by=user, now=now) == "not_office"
        assert code_of(close_round, round_=first, by=user, now=now) == "not_office"


def test_closing_over_gaps_is_refused_with_the_list(first_round, units, participants, now):
    GAPS.extend([gap(units["T1-1"]), gap(participant=participants["village_member"])])
    with pytest.raises(Refusal) as refusal:
        close_round(round_=first_round, by=None, now=now)
    assert refusal.value.code == "gaps_left"
    assert len(refusal.value.details) == 2
    assert "张小芳" in str(refusal.value.details[1])


def test_a_round_closes_where_every_gap_is_exempt(first_round, units, office_user, now):
    GAPS.append(gap(units["T1-1"]))
    exempt(round_=first_round, duty="review", unit=units["T1-1"], reason="已撤并", by=None, now=now)
    closed = close_round(round_=first_round, by=office_user, now=now)
    assert (closed.state, closed.closed_by, closed.closed_at) == ("closed", office_user, now)


def test_an_exemption_from_one_duty_does_not_explain_the_other(first_round, units, now):
    GAPS.append(gap(units["T1-1"], duty="appraisal"))
    exempt(round_=first_round, duty="review", unit=units["T1-1"], reason="已撤并", by=None, now=now)
    assert list(gaps_of(first_round)) == GAPS
    assert gaps_of(first_round)[0] == GAPS[0]


def test_a_round_that_is_not_open_cannot_be_closed(planned_campaign, now):
    first = planned_campaign.rounds.get(code="first")
    assert code_of(close_round, round_=first, by=None, now=now) == "round_not_open"


def test_a_closed_round_opens_again_with_a_reason(first_round, now):
    close_round(round_=first_round, by=None, now=now)
    assert (
        code_of(reopen_round, round_=first_round, reason=" ", by=None, now=now) == "reason_missing"
    )
    reopened = reopen_round(round_=first_round, reason="漏报", by=None, now=now)
    assert (reopened.state, reopened.closed_at, reopened.closed_by) == ("open", None, None)
    assert '"reason":"漏报"' in Entry.objects.get(kind="round.reopened").body.content


def test_only_a_closed_round_is_opened_again_and_alone(campaign, first_round, now, clerk_user):
    reopen = reopen_round
    assert code_of(reopen, round_=first_round, reason="x", by=None, now=now) == "round_not_closed"
    assert code_of(reopen, round_=first_round, reason="x", by=clerk_user, now=now) == "not_office"
    close_round(round_=first_round, by=None, now=now)
    open_round(round_=campaign.rounds.get(code="second"), by=None, now=now)
    assert code_of(reopen, round_=first_round, reason="x", by=None, now=now) == "other_round_open"


def test_the_second_round_opens_after_the_first_has_closed(campaign, first_round, now):
    close_round(round_=first_round, by=None, now=now)
    second = open_round(round_=campaign.rounds.get(code="second"), by=None, now=now)
    assert second.state == "open"


def test_days_of_a_round_are_changed_with_its_deadlines(first_round, now):
    changed = change_round_dates(
        round_=first_round,
        opens_on=date(2011, 6, 2),
        closes_on=date(2011, 7, 5),
        due={"unit": date(2011, 7, 3)},
        by=None,
        now=now,
    )
    assert (changed.opens_on, changed.closes_on) == (date(2011, 6, 2), date(2011, 7, 5))
    assert changed.deadlines.get(tier="unit").due_on == date(2011, 7, 3)
    assert changed.deadlines.get(tier="county").due_on == date(2011, 6, 30)
    assert "2011-06-28" in Entry.objects.get(kind="round.dates_changed").body.content


def test_days_that_cannot_be_are_refused(first_round, now):
    change = change_round_dates
    june, july = date(2011, 6, 1), date(2011, 7, 1)
    given = {"round_": first_round, "by": None, "now": now}
    assert code_of(change, opens_on=july, closes_on=june, **given) == "closes_before_it_opens"
    assert (
        code_of(change, opens_on=june, closes_on=july, due={"moon": june}, **given)
        == "unknown_tier"
    )
    close_round(round_=first_round, by=None, now=now)
    assert code_of(change, opens_on=june, closes_on=july, **given) == "round_closed"


def test_a_campaign_closes_after_all_its_rounds(campaign, first_round, office_user, now):
    close = close_campaign
    close_round(round_=first_round, by=None, now=now)
    assert code_of(close, campaign=campaign, by=None, now=now) == "rounds_left"
    second = open_round(round_=campaign.rounds.get(code="second"), by=None, now=now)
    close_round(round_=second, by=None, now=now)
    closed = close(campaign=campaign, by=office_user, now=now)
    assert (closed.state, closed.closed_by, closed.closed_at) == ("closed", office_user, now)
    assert code_of(close, campaign=campaign, by=None, now=now) == "campaign_closed"
    assert (
        code_of(
            change_round_dates,
            round_=second,
            opens_on=now.date(),
            closes_on=now.date(),
            by=None,
            now=now,
        )
        == "campaign_closed"
    )


def test_the_button_says_what_the_operation_says(campaign, first_round, clerk_user, now):
    sentence = str(permissions.why_not_close_round(clerk_user, first_round))
    with pytest.raises(Refusal) as refusal:
        close_round(round_=first_round, by=clerk_user, now=now)
    assert str(refusal.value) == sentence
    assert str(permissions.why_not_close_campaign(clerk_user, campaign)) == sentence


def test_the_current_round(campaign, first_round, now):
    today = date(2011, 6, 20)
    assert current_round(campaign, today).code == "first"
    close_round(round_=first_round, by=None, now=now)
    assert current_round(campaign, today).code == "first"
    assert current_round(campaign, date(2011, 9, 1)).code == "second"
    assert current_round(campaign, date(2012, 9, 1)).code == "second"
    campaign.rounds.all().delete()
    assert current_round(campaign, today) is None
