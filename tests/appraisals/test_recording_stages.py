from datetime import date

import pytest

from pingyi.appraisals.models import Appraisal
from pingyi.appraisals.operations.stages import add_opinion, record_meeting, record_stage
from pingyi.appraisals.queries.stages import stages_done, steps_of
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from tests.appraisals.conftest import PANEL, unit_lines


@pytest.fixture
def where(first_round, village, plain):
    return {"round_": first_round, "unit": village, **plain}


def refused(deed, **given):
    with pytest.raises(Refusal) as caught:
        deed(**given)
    return caught.value.code


def test_the_first_record_begins_the_appraisal(where, first_round, village):
    record_stage(stage="opinions", **where)
    assert stages_done(first_round, village) == {"opinions"}
    entry = Entry.objects.get(kind="appraisal.stage")
    assert entry.subject == "T1-1 first opinions"


def test_stages_come_in_their_order(where):
    assert refused(record_stage, stage="self_check", **where) == "stage_too_early"
    assert not Appraisal.objects.exists()


def test_recording_again_corrects_and_the_ledger_keeps_both(where):
    record_stage(stage="opinions", **where)
    record = record_stage(stage="opinions", **{**where, "content": " 更正:三十份 "})
    assert record.content == "更正:三十份"
    assert Entry.objects.filter(kind="appraisal.stage").count() == 2


def test_a_stage_of_tomorrow_or_without_a_word_is_refused(where):
    tomorrow = {**where, "held_on": date(2011, 6, 2)}
    assert refused(record_stage, stage="opinions", **tomorrow) == "day_ahead"
    empty = {**where, "content": "  "}
    assert refused(record_stage, stage="opinions", **empty) == "content_missing"


def test_the_ballot_is_recorded_by_its_count_only(where, prepared, village):
    prepared(village)
    assert refused(record_stage, stage="ballot", **where) == "stage_counts_itself"


def test_after_the_count_come_report_and_improvement(where, prepared, signed, village):
    signed(prepared(village), unit_lines())
    record_stage(stage="report", **where)
    record_stage(stage="improvement", **where)
    steps = steps_of(where["round_"], village)
    assert all(step.is_done for step in steps)


def test_the_meeting_states_its_panel(prepared, village):
    appraisal = prepared(village)
    assert {row.stratum: (row.due, row.present) for row in appraisal.panel.all()} == PANEL


def test_a_corrected_meeting_has_one_panel(prepared, where, village):
    appraisal = prepared(village)
    record_meeting(stage="meeting", place="村部", panel={"masses": (7, 7)}, **where)
    assert [row.present for row in appraisal.panel.all()] == [7]


@pytest.mark.parametrize(
    ("panel", "code"),
    [
        ({"guests": (1, 1)}, "unknown_stratum"),
        ({"members": (3, 4)}, "present_above_due"),
        ({"members": (3, 0)}, "nobody_present"),
        ({}, "nobody_present"),
    ],
)
def test_a_panel_that_cannot_be_is_refused(panel, code, where):
    record_stage(stage="opinions", **where)
    record_stage(stage="self_check", **where)
    given = {"stage": "meeting", "place": "村部", "panel": panel, **where}
    assert refused(record_meeting, **given) == code


def test_opinions_are_typed_apart_from_the_figures(prepared, village, now):
    appraisal = prepared(village)
    add_opinion(appraisal=appraisal, text=" 多办农家书屋 ", by=None, now=now)
    assert [opinion.text for opinion in appraisal.opinions.all()] == ["多办农家书屋"]
    blank = {"appraisal": appraisal, "text": " ", "by": None, "now": now}
    assert refused(add_opinion, **blank) == "opinion_missing"


def test_a_stage_does_not_lie_before_the_one_before_it(where):
    record_stage(stage="opinions", **where)
    earlier = {**where, "held_on": date(2011, 5, 31)}
    assert refused(record_stage, stage="self_check", **earlier) == "day_before_stage"
    record_stage(stage="opinions", **earlier)
    record_stage(stage="self_check", **earlier)


def test_a_report_does_not_lie_before_the_count(where, prepared, signed, village):
    where = {**where, "held_on": date(2011, 5, 30)}
    for stage in ("opinions", "self_check"):
        record_stage(stage=stage, **where)
    meeting = record_meeting(stage="meeting", place="村部", panel=PANEL, **where)
    signed(meeting.appraisal, unit_lines())
    assert refused(record_stage, stage="report", **where) == "day_before_stage"
