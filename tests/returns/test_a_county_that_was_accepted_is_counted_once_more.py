"""Where all were accepted as things stand, a roll-up is what the rows say: overlaps, blanks too."""

from datetime import timedelta
from typing import Any

import pytest

from pingyi.campaigns.models import Round
from pingyi.returns.queries import Moment
from pingyi.returns.queries.rolled import rolled_up
from pingyi.returns.queries.tables import tables_of
from tests.cast import Register
from tests.returns.desk import FOOT, Desk, Words
from tests.returns.recount import recount
from tests.returns.test_any_deeds_lead_to_the_union_of_heads import TABLES
from tests.returns.test_any_deeds_lead_to_the_union_of_heads import register as two_posts
from tests.returns.working import Work

register = two_posts


@pytest.fixture
def accepted(work: Work, appraised: Round, now: Any) -> Round:
    work.move("T1-3", "X")  # what the county counts itself
    for code in ("T1", "T2"):
        desk = Desk(appraised, work.unit(code), now + timedelta(hours=2))
        for table in TABLES:
            given = {"filled_on": desk.now.date(), "foot": FOOT, "words": Words()}
            desk.seal(table=table, **given)
            desk.submit(table=table)
            desk.accept(table=table)
    return appraised


def test_every_cell_is_the_same(accepted: Round, work: Work, register: Register) -> None:
    top = work.unit("X")
    top.campaign = accepted.campaign
    rolled = rolled_up(Moment(accepted), top)
    found = {code: cell.number for each in rolled.values() for code, cell in each.cells.items()}
    assert found == recount(accepted, top)
    heads = {each.head for each in rolled["annex1"].overlaps}
    people = [work.person(key).pk for key in ("t1_secretary", "t2_secretary", "school_secretary")]
    assert set(people) <= heads
    # A second witness: the tables that are counted from the register.
    living = {
        figures.code(*at): number
        for figures in tables_of(Moment(accepted), top).figures.values()
        for at, number in figures.cells.items()
    }
    assert living == recount(accepted, top)
