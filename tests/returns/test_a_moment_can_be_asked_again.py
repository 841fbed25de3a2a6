"""Figures and heads as of a moment stay what they were, whatever is done afterwards."""

from collections.abc import Callable, Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.campaigns.models import Round
from pingyi.returns.queries.heads import heads_behind
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import all_tables, tables_of
from tests.amending import HOUR, LATER
from tests.cast import NOW
from tests.returns.working import Work, asked, of_the_tree_then


def count_the_rest_again(work: Work) -> None:
    """Somebody has left the branch: opened again, the members' form is signed without them."""
    work.remove_person("village_member")
    work.reopen(1)
    work.sign("T1-1", "annex5")


def move_a_branch_away(work: Work) -> None:
    for key in ("t2_secretary", "t2_village_secretary", "t2_member"):
        work.move_person(key, "T1-1")
    work.remove("T2-1")


DEEDS: dict[str, Callable[[Work], None]] = {
    "a review of a person": lambda work: work.review(
        "village_secretary", participant=work.person("village_probationer")
    ),
    "a review of a branch": lambda work: work.review("t1_secretary", unit=work.unit("T1-2")),
    "a review withdrawn": lambda work: work.withdraw(0),
    "an appraisal begun": lambda work: work.begin("T2-1"),
    "a count opened again": lambda work: work.reopen(0),
    "a count signed otherwise": count_the_rest_again,
    "a member moved": lambda work: work.move_person("village_member", "T2-1"),
    "a member added": lambda work: (
        work.remove_person("school_member"), work.add_person("school_member", "T2-1"),
    ),
    "a member removed": lambda work: work.remove_person("village_member"),
    "a branch moved": lambda work: work.move("T1-1", "T2"),
    "a township moved": lambda work: work.move("T2", "T1"),
    "a branch added": lambda work: work.add("N", "T1"),
    "a branch removed": move_a_branch_away,
    "the second round": lambda work: work.next_round(),
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_deed_changes_what_is_asked_now_and_nothing_of_the_moment_before(
    deed: Callable[[Work], None], work: Work, appraised: Round, another_round: Round
) -> None:
    sealed = {round_: asked(Moment(round_)) for round_ in (appraised, another_round)}
    deed(work)
    changed = {round_: asked(Moment(round_)) for round_ in sealed}
    again = {round_: asked(Moment(round_, LATER - HOUR)) for round_ in sealed}
    assert again == {r: of_the_tree_then(changed[r], sealed[r]) for r in sealed}
    assert changed != sealed
    assert {round_: asked(Moment(round_, LATER)) for round_ in sealed} == changed


def test_a_standing_counts_in_no_table(work: Work, appraised: Round) -> None:
    sealed = asked(Moment(appraised))
    work.change_standing("village_probationer", "full")
    assert asked(Moment(appraised, NOW)) == asked(Moment(appraised)) == sealed


def cells(moment: Moment, code: str) -> Iterable[tuple[str, int | None]]:
    unit = moment.round.campaign.units.get(code=code)
    for table, figures in tables_of(moment, unit).pairs():
        for (row, column), figure in figures.cells.items():
            yield f"{table.code}.{row}.{column}", figure


@pytest.mark.parametrize("code", ["X", "T1"])
def test_behind_every_figure_of_a_moment_stand_exactly_as_many_heads(
    code: str, work: Work, appraised: Round
) -> None:
    count_the_rest_again(work)
    move_a_branch_away(work)
    work.move("T1-1", "T2")
    work.remove_person("school_secretary")
    unit = work.unit(code)
    for at in (LATER - HOUR, LATER):
        found = list(cells(Moment(appraised, at), code))
        for cell, figure in found:
            behind = heads_behind(Moment(appraised, at), unit, cell)
            assert behind is not None
            assert behind.counted.count() == (figure or 0), cell
        assert any(figure for _cell, figure in found)


def test_the_table_of_one_unit_is_the_one_among_all(work: Work, appraised: Round) -> None:
    work.move("T1", "T2")
    moment = Moment(appraised, NOW)
    units = list(work.campaign.units.all())
    every = all_tables(moment, units)
    assert {unit.path: tables_of(moment, unit) for unit in units} == every


def test_a_unit_that_came_later_had_no_table(work: Work, appraised: Round) -> None:
    work.add("N", "T1")
    moment = Moment(appraised, NOW)
    assert not any(figure for _cell, figure in cells(moment, "N"))
    behind = heads_behind(moment, work.unit("N"), "annex2.total.rural")
    assert behind is not None
    assert not behind.counted.exists()
    assert not behind.missing.exists()


def test_a_moment_costs_one_query_more_however_much_was_amended(
    work: Work, appraised: Round
) -> None:
    unit = work.unit("T1")
    costs = []
    for deed in (None, lambda: work.move("T2", "T1"), lambda: work.move("T1-1", "T2")):
        if deed is not None:
            deed()
        for at in (None, NOW):
            with CaptureQueriesContext(connection) as queries:
                tables_of(Moment(appraised, at), unit)
            costs.append(len(queries))
    assert costs == [costs[0], costs[0] + 1] * 3
