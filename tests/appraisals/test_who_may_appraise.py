import pytest

from pingyi.appraisals.models import Flag
from pingyi.appraisals.operations.counts import sign_count
from pingyi.appraisals.permissions import counts, units
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.campaigns.operations.rounds import close_round
from tests.appraisals.conftest import BAD, unit_lines


def code(refusal):
    return None if refusal is None else refusal.code


@pytest.fixture
def users(request):
    def user(name):
        return None if name is None else request.getfixturevalue(f"{name}_user")

    return user


WRITERS = [None, "office", "clerk", "secretary", "branch_secretary"]


@pytest.mark.parametrize("name", [*WRITERS, "inspector"])
def test_those_who_answer_for_the_unit_and_inspectors_read(name, users, village):
    assert units.why_not_read(users(name), village) is None


@pytest.mark.parametrize("name", ["member", "other_clerk"])
def test_members_and_other_townships_do_not_read(name, users, village):
    assert code(units.why_not_read(users(name), village)) == "not_a_reader"


@pytest.mark.parametrize("name", WRITERS)
def test_those_who_answer_for_the_unit_record(name, users, first_round, village):
    assert units.why_not_record(users(name), first_round, village) is None


@pytest.mark.parametrize("name", ["member", "other_clerk", "inspector"])
def test_others_do_not_record(name, users, first_round, village):
    refusal = units.why_not_record(users(name), first_round, village)
    assert code(refusal) == "not_a_recorder"


def test_nothing_is_recorded_before_the_round_opens(campaign, village):
    second = campaign.rounds.get(code="second")
    assert code(units.why_not_record(None, second, village)) == "round_not_open"


def test_nothing_is_recorded_where_the_pack_has_no_appraisal(first_round, village, monkeypatch):
    monkeypatch.setattr("pingyi.appraisals.permissions.units.plan_of", lambda _round: None)
    assert code(units.why_not_record(None, first_round, village)) == "no_appraisal"


def test_a_stage_of_another_campaign_is_unknown(first_round, village):
    refusal = units.why_not_record_stage(None, first_round, village, "study")
    assert code(refusal) == "unknown_stage"


def test_who_may_not_record_is_told_so_before_the_order_matters(first_round, village, member_user):
    refusal = units.why_not_record_stage(member_user, first_round, village, "report")
    assert code(refusal) == "not_a_recorder"


def test_a_campaign_without_a_counting_stage_counts_nothing(prepared, village, monkeypatch):
    appraisal = prepared(village)
    plan = needed_plan(appraisal.round)
    stages = [stage for stage in plan.stages if stage.kind != "count"]
    without = plan.model_copy(update={"stages": stages})
    monkeypatch.setattr("pingyi.appraisals.permissions.counts.needed_plan", lambda _round: without)
    assert code(counts.why_not_count(None, appraisal.round, appraisal.unit)) == "no_count"


def test_others_do_nothing_to_a_count_whatever_its_state(
    prepared, typed, inspector_user, village, now
):
    appraisal = prepared(village)
    count = typed(appraisal, unit_lines())
    refusal = counts.why_not_start_count(inspector_user, appraisal.round, village, "annex4")
    assert code(refusal) == "not_a_recorder"
    assert code(counts.why_not_save_count(inspector_user, count, [])) == "not_a_recorder"
    assert code(counts.why_not_declare_void(inspector_user, count)) == "not_a_recorder"
    signed = sign_count(count=count, by=None, now=now)
    assert code(counts.why_not_change_count(inspector_user, signed)) == "not_a_recorder"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, None),
        ("office", None),
        ("clerk", None),
        ("secretary", None),
        ("branch_secretary", "not_a_decider"),
        ("inspector", "not_a_recorder"),
    ],
)
def test_a_branch_secretary_does_not_open_a_signed_count(
    name, expected, users, prepared, signed, village
):
    count = signed(prepared(village), unit_lines())
    assert code(counts.why_not_reopen_count(users(name), count)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [(None, None), ("secretary", None), ("clerk", None)]
    + [(name, "not_a_decider") for name in ("branch_secretary", "inspector", "other_clerk")],
)
def test_flags_are_decided_above_the_branch(name, expected, users, prepared, signed, village):
    signed(prepared(village), unit_lines(BAD))
    assert code(units.why_not_decide(users(name), Flag.objects.first())) == expected


def test_in_a_closed_round_a_count_is_not_changed(prepared, typed, village, now, nothing_owed):
    count = typed(prepared(village), unit_lines())
    close_round(round_=count.appraisal.round, by=None, now=now)
    count.appraisal.round.refresh_from_db()
    for why_not in (counts.why_not_change_count, counts.why_not_reopen_count):
        assert code(why_not(None, count)) == "round_not_open"
