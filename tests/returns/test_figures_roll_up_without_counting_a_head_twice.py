from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.returns.rules.figures import Figures, Started, blank_or_figure, circled
from pingyi.returns.rules.rollup import ancestors_and_self, first_columns, roll_up


def test_a_unit_belongs_to_every_subtree_above_it():
    assert ancestors_and_self("00001/00002/00003/") == [
        "00001/",
        "00001/00002/",
        "00001/00002/00003/",
    ]


def test_figures_of_branches_add_up_to_their_township_and_county():
    totals = roll_up([("1/2/3/", "rural", 30), ("1/2/4/", "rural", 12), ("1/5/", "school", 7)])
    assert totals["1/2/"] == Counter(rural=42)
    assert totals["1/"] == Counter(rural=42, school=7)
    assert totals["1/2/4/"] == Counter(rural=12)


def test_a_person_with_two_posts_counts_once_in_the_first_column():
    people = first_columns(
        [
            (7, "1/2/", "township_leader", 13),
            (7, "1/2/3/", "grassroots_secretary", 7),
            (8, "1/4/", "township_leader", 13),
        ]
    )
    assert people["1/2/"] == {7: "grassroots_secretary"}
    assert people["1/2/3/"] == {7: "grassroots_secretary"}
    assert people["1/"] == {7: "grassroots_secretary", 8: "township_leader"}


def test_a_later_post_that_ranks_first_wins():
    people = first_columns([(7, "1/", "leader", 9), (7, "1/", "secretary", 1)])
    assert people == {"1/": {7: "secretary"}}


def test_an_earlier_post_that_ranks_first_stays():
    people = first_columns([(7, "1/", "secretary", 1), (7, "1/", "leader", 9)])
    assert people == {"1/": {7: "secretary"}}


def test_notes_are_numbered_in_circles_up_to_twenty():
    assert [circled(number) for number in (1, 2, 20)] == ["①", "②", "⑳"]


def test_nothing_of_a_kind_is_blank_not_zero():
    assert blank_or_figure(base=0, heads=0, started=Started.ALWAYS) is None


def test_nothing_done_yet_is_zero_once_the_work_has_begun():
    assert blank_or_figure(base=3, heads=0, started=Started.BEGUN) == 0
    assert blank_or_figure(base=3, heads=0, started=Started.NOT_BEGUN) is None


def test_who_was_counted_elsewhere_and_moved_here_is_counted():
    assert blank_or_figure(base=3, heads=1, started=Started.NOT_BEGUN) == 1


def test_a_figure_above_its_base_is_refused():
    with pytest.raises(ValueError, match="outside the frozen universe"):
        blank_or_figure(base=2, heads=3, started=Started.BEGUN)


def test_cells_have_stable_codes_and_row_totals():
    figures = Figures("annex2", {("total", "rural"): 20, ("total", "school"): None})
    assert figures.code("total", "rural") == "annex2.total.rural"
    assert figures.cell("total", "school") is None
    assert figures.row_total("total", ["rural", "school"]) == 20


paths = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(
    lambda parts: "/".join(parts) + "/"
)


@given(st.lists(st.tuples(paths, st.sampled_from(["x", "y"]), st.integers(0, 50))))
def test_every_subtree_is_the_sum_of_what_lies_in_it(counted):
    totals = roll_up(counted)
    for path, columns in totals.items():
        for column, heads in columns.items():
            assert heads == sum(n for p, c, n in counted if p.startswith(path) and c == column)


@given(
    st.lists(st.tuples(st.integers(1, 5), paths, st.sampled_from(["x", "y"]), st.integers(1, 3)))
)
def test_a_subtree_counts_exactly_the_people_with_a_post_in_it(posts):
    for path, people in first_columns(posts).items():
        assert set(people) == {person for person, p, _, _ in posts if p.startswith(path)}
