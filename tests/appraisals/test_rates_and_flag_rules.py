from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.appraisals.rules.counting import (
    Band,
    Quorum,
    RateRule,
    answers_of,
    is_majority,
    leading_option,
    misses_quorum,
    most_given,
    rate_of,
)
from pingyi.appraisals.rules.flags import (
    QuotaRule,
    ThresholdRule,
    panel_flags,
    quorum_flags,
    quota_flags,
    threshold_flags,
)
from pingyi.appraisals.rules.identities import Figures, Line

NOTHING = frozenset()
UNKNOWN = frozenset({"unknown"})
SATISFACTION = RateRule("satisfaction", "满意率", ("satisfied", "fairly"), "valid", "…")
OVER_BASE = RateRule("satisfaction", "满意率", ("satisfied", "fairly"), "base", "…")
LINE = Line("overall", {"satisfied": 5, "fairly": 1, "bad": 1, "unknown": 2}, abstained=2, void=1)


def rates(lines, outside=NOTHING):
    return [(line.member, rate_of(line, SATISFACTION, outside=outside)) for line in lines]


def test_over_valid_counts_abstentions_and_void_cells_but_not_answers_outside():
    result = rate_of(LINE, SATISFACTION, outside=UNKNOWN)
    assert (result.numerator, result.denominator) == (6, 10)
    assert (result.code, result.label, result.formula) == ("satisfaction", "满意率", "…")
    assert result.value == Fraction(3, 5)


def test_over_the_base_counts_marked_answers_only():
    assert rate_of(LINE, OVER_BASE, outside=UNKNOWN).value == Fraction(6, 7)


def test_without_answers_outside_the_whole_line_is_the_base():
    assert rate_of(LINE, SATISFACTION, outside=NOTHING).value == Fraction(6, 12)


def test_a_rate_over_nothing_is_no_rate():
    assert rate_of(Line("overall", {}), SATISFACTION, outside=NOTHING).value is None


def test_answers_stand_in_the_order_of_the_form_and_add_up_to_a_hundred():
    answers = answers_of(LINE, [("bad", "差"), ("satisfied", "满意"), ("fairly", "较满意")])
    assert [(answer.label, answer.votes) for answer in answers] == [
        ("差", 1),
        ("满意", 5),
        ("较满意", 1),
    ]
    assert sum(answer.percent for answer in answers) == 100
    assert [answer.option for answer in answers] == ["bad", "satisfied", "fairly"]


def test_an_answer_that_nobody_gave_has_no_ballots():
    assert answers_of(LINE, [("poor", "很差"), ("bad", "差")])[0].votes == 0


@pytest.mark.parametrize(
    ("votes", "leader"),
    [
        ({"a": 3, "b": 2}, "a"),
        ({"a": 2, "b": 2}, None),
        ({"a": 0, "b": 0}, None),
        ({"a": 0}, None),
        ({}, None),
    ],
)
def test_only_strictly_more_ballots_lead(votes, leader):
    assert leading_option(Line("overall", votes)) == leader


def test_equal_answers_are_all_named_and_half_is_no_majority():
    assert most_given(Line("overall", {"a": 2, "b": 1, "c": 2})) == ["a", "c"]
    assert most_given(Line("overall", {"a": 0})) == []
    assert not is_majority(Line("overall", {"a": 3, "b": 1}, abstained=1, void=1), "a")
    assert is_majority(Line("overall", {"a": 3, "b": 1}, abstained=1), "a")


HALF = Quorum(Fraction(1, 2))
TWO_THIRDS = Quorum(Fraction(2, 3), at_least=True)


def test_exactly_the_quorum_is_not_enough_unless_the_pack_says_so():
    assert misses_quorum(5, 10, HALF)
    assert not misses_quorum(6, 10, HALF)
    assert misses_quorum(5, 9, TWO_THIRDS)
    assert not misses_quorum(6, 9, TWO_THIRDS)


BANDS = (Band(Fraction(3, 5), "一般"), Band(Fraction(17, 20), "好"), Band(Fraction(3, 4), "较好"))


def test_a_band_says_its_lower_end_in_percent():
    assert BANDS[0].percent == 60


@pytest.mark.parametrize(
    ("good", "band"), [(59, ""), (60, "一般"), (74, "一般"), (75, "较好"), (85, "好"), (100, "好")]
)
def test_a_band_holds_its_lower_end(good, band):
    rule = replace(SATISFACTION, bands=BANDS)
    line = Line("overall", {"satisfied": good, "bad": 100 - good})
    assert rate_of(line, rule, outside=NOTHING).band == band


def test_a_rate_over_nothing_lies_in_no_band():
    rule = replace(SATISFACTION, bands=(Band(Fraction(0), "有"),))
    assert rate_of(Line("overall", {}), rule, outside=NOTHING).band == ""


def test_exactly_on_the_threshold_raises_nothing():
    below = ThresholdRule("low", "overall", SATISFACTION, below=Fraction(3, 5))
    above = ThresholdRule("high", "overall", SATISFACTION, above=Fraction(3, 5))
    for rule in (below, above):
        assert threshold_flags(rule, rates([LINE], UNKNOWN)) == []


def test_exactly_on_the_threshold_is_flagged_where_the_pack_includes_it():
    line = Line("overall", {"satisfied": 1, "bad": 1}, member=7)
    half, third = Fraction(1, 2), Fraction(1, 3)
    for limits in ({"below": half}, {"above": half}):
        rule = ThresholdRule("low", "overall", SATISFACTION, **limits, inclusive=True)
        assert threshold_flags(rule, rates([line]))[0].facts["threshold"] == "1/2"
    rule = ThresholdRule("low", "overall", SATISFACTION, below=third, inclusive=True)
    assert threshold_flags(rule, rates([line])) == []


def test_a_rate_below_or_above_its_threshold_is_flagged_with_its_figures():
    line = Line("overall", {"satisfied": 1, "bad": 2}, member=7)
    below = ThresholdRule("low", "overall", SATISFACTION, below=Fraction(3, 5))
    [raised] = threshold_flags(below, rates([line]))
    assert (raised.code, raised.member) == ("low", 7)
    assert raised.facts == {"numerator": 1, "denominator": 3, "threshold": "3/5"}
    above = ThresholdRule("high", "overall", SATISFACTION, above=Fraction(1, 4))
    assert threshold_flags(above, rates([line]))[0].facts["threshold"] == "1/4"


def test_lines_without_ballots_are_not_flagged():
    rule = ThresholdRule("low", "overall", SATISFACTION, below=Fraction(1))
    lines = [Line("overall", {})]
    assert threshold_flags(rule, rates(lines)) == []
    bad = Line("overall", {"bad": 3}, member=7)
    [raised] = threshold_flags(rule, rates([*lines, bad]))
    assert raised.member == 7


def test_a_quota_counts_the_members_who_lead_with_the_answer():
    rule = QuotaRule("too_many", "overall", "excellent", Fraction(1, 3))
    assert quota_flags(rule, 2, whole=6) == []
    [raised] = quota_flags(rule, 2, whole=5)
    assert raised.facts == {"numerator": 2, "denominator": 5, "threshold": "1/3"}
    assert (raised.code, raised.member) == ("too_many", None)


def test_each_stratum_below_its_least_number_is_flagged():
    raised = panel_flags("short", {"members": 3, "masses": 4}, {"members": 3, "masses": 5, "c": 2})
    assert {each.code for each in raised} == {"short"}
    assert [each.facts for each in raised] == [
        {"stratum": "masses", "numerator": 4, "denominator": 5},
        {"stratum": "c", "numerator": 0, "denominator": 2},
    ]


def test_a_stratum_of_which_nobody_is_there_falls_short_of_one():
    assert panel_flags("short", {}, {"masses": 1})


def test_a_missed_quorum_is_flagged():
    figures = Figures(due=10, present=5, issued=5, collected=5, valid=5, spoilt=0)
    [raised] = quorum_flags("quorum", figures, HALF)
    assert raised.facts == {"numerator": 5, "denominator": 10, "threshold": "1/2"}
    assert raised.code == "quorum"
    assert quorum_flags("quorum", figures, Quorum(Fraction(1, 3))) == []
    assert quorum_flags("quorum", figures, None) == []


@settings(deadline=None)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_percentages_of_any_answers_add_up_to_a_hundred(votes):
    options = [(str(at), str(at)) for at in range(len(votes))]
    answers = answers_of(
        Line("overall", {str(at): count for at, count in enumerate(votes)}), options
    )
    assert sum(answer.percent for answer in answers) == (100 if sum(votes) else 0)


def test_the_share_that_was_adjusted_is_marked() -> None:
    thirds = Line("overall", {"good": 1, "fair": 1, "bad": 1})
    options = [("good", "好"), ("fair", "一般"), ("bad", "差")]
    found = [(one.percent, one.is_adjusted) for one in answers_of(thirds, options)]
    assert found == [
        (Fraction("33.4"), True),
        (Fraction("33.3"), False),
        (Fraction("33.3"), False),
    ]
    none = answers_of(Line("overall", {}), options)
    assert not any(one.is_adjusted for one in none)
