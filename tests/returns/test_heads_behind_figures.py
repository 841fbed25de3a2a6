import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.operations.rounds import close_round
from pingyi.returns.queries.heads import heads_behind
from pingyi.returns.queries.measures import MEASURES
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import all_tables, tables_of
from tests.returns.conftest import count_all


def cells(round_, unit):
    """(table, row, column, figure) of every cell of a unit."""
    for table, figures in tables_of(Moment(round_), unit).pairs():
        for row in table.rows:
            for block in table.blocks:
                for column in block.columns:
                    yield table, row, column, figures.cell(row.code, column.code)


def behind(round_, unit, table, row, column):
    return heads_behind(Moment(round_), unit, f"{table.code}.{row.code}.{column.code}")


@pytest.mark.parametrize("code", ["X", "T1-1"])
def test_behind_every_figure_stand_exactly_as_many_heads(code, appraised, units):
    unit = units[code]
    total = {
        (table.code, row.measure, column.code): figure or 0
        for table, row, column, figure in cells(appraised, unit)
        if MEASURES[row.measure].base == row.measure
    }
    for table, row, column, figure in cells(appraised, unit):
        found = behind(appraised, unit, table, row, column)
        counted, missing = found.counted.count(), found.missing.count()
        where = (table.code, row.code, column.code)
        assert counted == (figure or 0), where
        base = total[table.code, MEASURES[row.measure].base, column.code]
        assert counted + missing == base, where


def figures(round_, unit):
    return {
        f"{table.code}.{row.code}.{column.code}": figure
        for table, row, column, figure in cells(round_, unit)
    }


def test_what_was_done_is_counted_once_a_head(appraised, units):
    found = figures(appraised, units["T1"])
    assert found["annex2.total.rural"] == 1
    assert found["annex2.reviewed_first.rural"] == 1
    assert found["annex2.appraised.rural"] == 1
    assert found["annex3.total.rural"] == 3
    assert found["annex3.reviewed_first.rural"] == 1
    assert found["annex3.appraised.rural"] == 3
    assert found["annex1.reviewing_first.grassroots_secretary"] == 3


def test_nothing_of_a_kind_is_blank_and_nothing_done_is_zero(reviewed, units):
    found = figures(reviewed, units["T1"])
    assert found["annex2.total.university"] is None
    assert found["annex2.reviewed_first.school"] == 0
    assert found["annex2.reviewed_second.school"] is None
    assert found["annex2.appraised.school"] is None


def test_once_an_appraisal_has_begun_its_row_is_zero(reviewed, units, prepared):
    prepared(units["T1-1"])
    assert figures(reviewed, units["T1"])["annex2.appraised.school"] == 0
    assert figures(reviewed, units["T2"])["annex2.appraised.rural"] is None


def test_as_of_the_first_round_nobody_stands_behind_the_blank_second(
    reviewed, another_round, units, now, nothing_owed, participants
):
    from pingyi.reviews.operations.record import record_review
    from tests.reviews.conftest import HELD_ON, TEXTS

    close_round(round_=reviewed, by=None, now=now)
    campaigns.open_round(round_=another_round, by=None, now=now)
    another_round.refresh_from_db()
    record_review(
        round_=another_round, reviewer=participants["t1_leader"], unit=units["T1-1"],
        participant=None, form="meeting", held_on=HELD_ON, place="村部",
        accept_signs=True, by=None, now=now, **TEXTS[2],
    )  # fmt: skip
    leader = "annex1.reviewing_second.grassroots_secretary"
    for cell in ("annex2.reviewed_second.rural", leader):
        assert heads_behind(Moment(reviewed), units["X"], cell).counted.count() == 0
        assert heads_behind(Moment(another_round), units["X"], cell).counted.count() == 1


APPRAISED = {"annex2.appraised.rural": 1, "annex3.appraised.rural": 3}


def appraised_as_of(round_, unit):
    """Figures of the rows without a round, and how many heads stand behind each of them."""
    found = figures(round_, unit)
    heads = {code: heads_behind(Moment(round_), unit, code).counted.count() for code in APPRAISED}
    return {code: found[code] for code in APPRAISED}, heads


def second_opened(first, second, now):
    close_round(round_=first, by=None, now=now)
    campaigns.open_round(round_=second, by=None, now=now)
    second.refresh_from_db()


def test_what_is_appraised_in_december_does_not_change_the_table_of_june(
    reviewed, another_round, units, prepared, signed, now, nothing_owed
):
    before = appraised_as_of(reviewed, units["T1"])
    second_opened(reviewed, another_round, now)
    count_all(prepared(units["T1-1"], round_=another_round), signed)
    assert appraised_as_of(reviewed, units["T1"]) == before
    assert before == (dict.fromkeys(APPRAISED), dict.fromkeys(APPRAISED, 0))
    assert appraised_as_of(another_round, units["T1"]) == (APPRAISED, APPRAISED)


def test_what_was_appraised_in_june_still_counts_in_december(
    appraised, another_round, units, now, nothing_owed
):
    second_opened(appraised, another_round, now)
    assert appraised_as_of(another_round, units["T1"]) == (APPRAISED, APPRAISED)


@pytest.mark.parametrize(
    "cell", ["annex9.total.rural", "annex2.nothing.rural", "annex2.total.x", "annex2.total", ""]
)
def test_there_is_nothing_behind_a_cell_that_does_not_exist(cell, first_round, units):
    assert heads_behind(Moment(first_round), units["X"], cell) is None


def test_the_queries_do_not_grow_with_the_units(appraised, units):
    counts = []
    for wanted in ([units["T1-1"]], list(units.values())):
        with CaptureQueriesContext(connection) as asked:
            assert len(all_tables(Moment(appraised), wanted)) == len(wanted)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_measure_of_a_round_asks_for_its_round(first_round):
    with pytest.raises(ValueError, match="must name its round"):
        MEASURES["members_reviewed"].heads(Moment(first_round), None)
