from itertools import permutations

import pytest

from pingyi.appraisals.rules.identities import (
    Figures,
    Line,
    Typed,
    identities_of,
    is_void,
    problems_of,
)
from pingyi.appraisals.rules.stages import Step, steps, waits_for

SOUND = Figures(due=12, present=11, issued=11, collected=11, valid=10, spoilt=1)


def codes(figures=SOUND, lines=(), *, self_vote=False, blank_counts=True):
    found = problems_of(figures, lines, self_vote=self_vote, blank_counts=blank_counts)
    return [problem.identity.code for problem in found]


def test_a_sound_count_has_no_problem():
    line = Line("overall", {"satisfied": 7, "dissatisfied": 1}, abstained=1, void=1)
    assert codes(lines=[line]) == []


def test_every_identity_that_does_not_hold_is_named_at_once():
    wrong = Figures(due=9, present=10, issued=10, collected=11, valid=8, spoilt=1)
    assert codes(wrong, [Line("overall", {"satisfied": 7})]) == [
        "present_above_due",
        "collected_above_issued",
        "collected_unlike_sum",
        "line_unlike_valid",
    ]


def test_a_problem_carries_both_sides():
    problem = problems_of(
        SOUND, [Line("overall", {"satisfied": 9})], self_vote=False, blank_counts=True
    )[0]
    assert (problem.left, problem.right, problem.identity.row) == (9, 10, (None, "overall"))


def test_as_many_collected_as_issued_is_not_void():
    assert not is_void(SOUND)
    assert is_void(Figures(due=12, present=11, issued=10, collected=11, valid=10, spoilt=1))


@pytest.mark.parametrize(
    ("total", "self_vote", "problems"),
    [
        (10, False, []),
        (9, False, []),
        (8, False, ["line_unlike_valid"]),
        (9, True, ["line_unlike_valid"]),
        (10, True, []),
    ],
)
def test_who_may_not_vote_on_oneself_leaves_one_ballot_less(total, self_vote, problems):
    assert (
        codes(lines=[Line("overall", {"good": total}, member=7)], self_vote=self_vote) == problems
    )


def test_the_line_of_the_organization_never_has_one_ballot_less():
    assert codes(lines=[Line("overall", {"good": 9})]) == ["line_unlike_valid"]


def test_where_a_blank_is_invalid_nobody_abstains():
    lines = [Line("overall", {"good": 9}, abstained=1)]
    assert codes(lines=lines, blank_counts=False) == ["blank_is_invalid"]
    [problem] = problems_of(SOUND, lines, self_vote=False, blank_counts=False)
    assert (problem.left, problem.right, problem.identity.row) == (1, 0, (None, "overall"))


def test_an_answer_that_another_line_has_counts_nothing_where_it_is_missing():
    lines = [Line("overall", {"good": 10}), Line("deeds", {"bad": 10})]
    assert codes(lines=lines) == []


def test_a_line_is_about_its_member_and_item():
    assert Line("deeds", {}, member=7).row == (7, "deeds")


@pytest.mark.parametrize("order", [*permutations((None, 1, 2))])
def test_the_order_of_the_lines_is_no_other_version(order):
    lines = [Line("overall", {"good": 10}, member=member) for member in (None, 1, 2)]
    shuffled = [lines[member or 0] for member in order]
    first, second = (
        Typed(1, SOUND, each, "周监票", "吴计票", "2011-06-01") for each in (lines, shuffled)
    )
    assert first.seen == second.seen


def test_the_page_asks_for_abstentions_and_void_cells_by_these_names():
    [of_line] = [
        one
        for one in identities_of([(7, "deeds")], ["good"], self_vote=True, blank_counts=True)
        if one.row
    ]
    assert [cell.answer for cell in of_line.left] == ["good", "abstained", "void"]


ORDER = ["opinions", "self_check", "meeting"]


def test_the_first_stage_that_is_not_done_is_next():
    assert steps(ORDER, {"opinions"}) == [
        Step("opinions", True, False, None),
        Step("self_check", False, True, None),
        Step("meeting", False, False, "self_check"),
    ]


def test_a_stage_done_out_of_order_waits_for_nothing():
    assert steps(ORDER, {"meeting"})[2] == Step("meeting", True, False, None)


def test_when_all_is_done_nothing_is_next():
    assert not any(step.is_next for step in steps(ORDER, ORDER))


def test_a_stage_waits_for_the_first_one_missing_before_it():
    assert waits_for(ORDER, {"opinions"}, "meeting") == "self_check"
    assert waits_for(ORDER, {"opinions"}, "self_check") is None
    assert waits_for(ORDER, ORDER, "opinions") is None


def test_a_stage_of_another_campaign_is_an_error():
    with pytest.raises(ValueError, match="ballot"):
        waits_for(ORDER, ORDER, "ballot")
