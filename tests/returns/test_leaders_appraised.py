"""Tables count the leaders who were appraised, by the category of their post, members or not."""

from collections.abc import Callable
from datetime import datetime, timedelta

from pingyi.appraisals.operations.counts import reopen_count
from pingyi.campaigns.models import Round
from pingyi.returns.queries.measures import MEASURES
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import tables_of
from tests.packs_of_their_own import HEAD, STAGES, ballot, counted

CADRES = 'people = { categories = ["township_secretary", "township_leader"] }'
TABLE = """
[[tables]]
code = "cadres"
annex = "附表二"
title = "测评统计表"
unit_label = "填报单位"
date_label = "填报时间"
category_label = "项目"
rows = [
  { code = "all", label = ["应测评"], measure = "leaders" },
  { code = "done", label = ["已测评"], measure = "leaders_appraised" },
]
blocks = [{ columns = [
  { code = "township_secretary", label = "书记" }, { code = "township_leader", label = "班子成员" },
] }]
"""


def test_leaders_stand_in_the_table_once_they_were_appraised(
    own_campaign: Callable[[str], Round], now: datetime
) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "member", CADRES) + TABLE)
    top = round_.campaign.units.get(code="X")
    count = counted(round_, "T1", "a", now)
    [(_table, figures)] = tables_of(Moment(round_), top).pairs()
    assert [figures.cells[row, "township_secretary"] for row in ("all", "done")] == [2, 1]
    measure = MEASURES["leaders_appraised"]
    heads = set(count.lines.values_list("participant", flat=True))
    assert measure.spans is not None
    assert {head for head, _since, until in measure.spans(Moment(round_), None, heads)} == heads
    later = now + timedelta(hours=1)
    reopen_count(count=count, reason="录入有误", by=None, now=later)
    assert measure.posts(Moment(round_), None) == []
    then = measure.posts(Moment(round_, now), None)
    assert {person for person, _path, _category, _position in then} == heads
