"""Tables count whoever was appraised by every stratum, now and at each moment (ADR 0016, 0035)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from pingyi.appraisals.operations.counts import reopen_count, sign_count
from pingyi.campaigns.models import Round
from pingyi.returns.queries.measures import MEASURES
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import tables_of
from tests.packs_of_their_own import HEAD, STAGES, ballot, counted
from tests.returns.test_leaders_appraised import CADRES, TABLE

APART = STAGES.replace(
    "strata = []", 'strata = [{ code = "a", label = "甲" }, { code = "b", label = "乙" }]'
).replace("counting = {}", "counting = { apart = true }")
BRANCHES = 'units = { codes = ["T1-1"] }'
HOUR = timedelta(hours=1)


def test_leaders_stand_in_the_table_once_every_stratum_appraised_them(
    own_campaign: Callable[[str], Round], now: datetime
) -> None:
    round_ = own_campaign(HEAD + APART + ballot("x", "member", CADRES) + TABLE)
    top, measure = round_.campaign.units.get(code="X"), MEASURES["leaders_appraised"]
    first = counted(round_, "T1", "x", now, stratum="a")
    heads = set(first.lines.values_list("participant", flat=True))
    assert measure.posts(Moment(round_), None) == []
    assert measure.spans is not None
    assert measure.spans(Moment(round_), None, heads) == []
    counted(round_, "T1", "x", now + HOUR, stratum="b")
    [(_table, figures)] = tables_of(Moment(round_), top).pairs()
    assert [figures.cells[row, "township_secretary"] for row in ("all", "done")] == [2, 1]
    draft = reopen_count(count=first, reason="录入有误", by=None, now=now + 2 * HOUR)
    sign_count(count=draft, by=None, now=now + 3 * HOUR)
    moments = [Moment(round_, now + hours * HOUR) for hours in range(4)]
    told = [{row[0] for row in measure.posts(moment, None)} for moment in moments]
    assert told == [set(), heads, set(), heads]
    spans = measure.spans(Moment(round_), None, heads)
    assert {span[1:] for span in spans} == {
        (now + HOUR, now + 2 * HOUR), (now + 3 * HOUR, None),
    }  # fmt: skip


@pytest.mark.parametrize("subject", ["organization", "member"])
def test_units_and_members_are_counted_the_same_way(
    subject: str, own_campaign: Callable[[str], Round], now: datetime
) -> None:
    round_ = own_campaign(HEAD + APART + ballot("x", subject, BRANCHES))
    kind = "organizations" if subject == "organization" else "members"
    measure = MEASURES[f"{kind}_appraised"]
    counted(round_, "T1-1", "x", now, stratum="a")
    assert measure.grouped(Moment(round_), None) == []
    last = counted(round_, "T1-1", "x", now + HOUR, stratum="b")
    unit = last.appraisal.unit
    [(path, _sector, heads)] = measure.grouped(Moment(round_), None)
    assert path == unit.path
    assert heads == (1 if subject == "organization" else unit.members.active().count())
    assert measure.grouped(Moment(round_, now), None) == []
    assert measure.spans is not None
    keys = [unit.pk] if subject == "organization" else unit.members.values_list("pk", flat=True)
    spans = measure.spans(Moment(round_), None, keys)
    assert {span[1:] for span in spans} == {(now + HOUR, None)}
