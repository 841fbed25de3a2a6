"""Scores are exact: points over ballots, items and groups by their weights (rulebook §2)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from pingyi.appraisals.rules.counting import Band
from pingyi.appraisals.rules.identities import Line
from pingyi.appraisals.rules.scoring import Score, ScoreRule, Weighed, score_of, total_of

POINTS = {"a": Fraction(100), "b": Fraction(80), "c": Fraction(60), "d": Fraction(40)}
THIRD = Fraction(1, 3)
TREE = (
    Weighed(
        "one", "甲", Fraction(2, 5), (Weighed("x", "学", THIRD), Weighed("y", "做", 2 * THIRD))
    ),
    Weighed("two", "乙", Fraction(3, 5), (Weighed("z", "实绩", Fraction(1)),)),
)
BANDS = (Band(Fraction(60), "一般"), Band(Fraction(85), "好"), Band(Fraction(75), "较好"))
RULE = ScoreRule("得分", POINTS, "base", TREE, BANDS)
LINE = Line("x", {"a": 5, "b": 2, "c": 1, "d": 1, "unknown": 4}, abstained=2, void=1)


def test_points_are_divided_by_the_ballots_with_an_answer() -> None:
    # 5 × 100 + 2 × 80 + 60 + 40 = 760 over 9; four know nothing.
    assert score_of(LINE, RULE) == Score(Fraction(760), 9)
    assert score_of(LINE, RULE).value == Fraction(760, 9)


def test_over_valid_blank_and_void_ballots_are_no_points() -> None:
    assert score_of(LINE, replace(RULE, over="valid")) == Score(Fraction(760), 12)


def test_ten_seven_five_two_are_points_as_well() -> None:
    small = dict(zip("abcd", map(Fraction, (10, 7, 5, 2)), strict=True))
    assert score_of(LINE, replace(RULE, points=small)).value == Fraction(71, 9)


def test_without_an_answer_there_is_no_score_and_no_whole() -> None:
    assert score_of(Line("x", {"unknown": 3}), RULE).value is None
    total = total_of({"x": None, "y": Fraction(90), "z": Fraction(80)}, RULE)
    assert total.parts == (None, Fraction(80))
    assert (total.value, total.band, total.exact) == (None, "", "")


def test_groups_weigh_their_items_and_the_whole_its_groups() -> None:
    total = total_of({"x": Fraction(90), "y": Fraction(60), "z": Fraction(85)}, RULE)
    # 90/3 + 60 × 2/3 = 70; 0.4 × 70 + 0.6 × 85 = 79
    assert total.parts == (Fraction(70), Fraction(85))
    assert (total.value, total.band, total.exact) == (Fraction(79), "较好", "")
    assert replace(total, value=Fraction(86, 15)).exact == "86/15"


def test_without_groups_items_weigh_side_by_side() -> None:
    tree = tuple(
        Weighed(code, code, Fraction(share, 10)) for code, share in (("x", 3), ("y", 3), ("z", 4))
    )
    total = total_of(
        {"x": Fraction(100), "y": Fraction(80), "z": Fraction(60)}, replace(RULE, tree=tree)
    )
    assert total.value == 78
    assert total.parts == (100, 80, 60)


@pytest.mark.parametrize(
    ("value", "band"),
    [("5999/100", ""), ("60", "一般"), ("75", "较好"), ("8499999/100000", "较好"), ("85", "好")],
)
def test_a_band_holds_its_lower_end(value: str, band: str) -> None:
    tree = (Weighed("z", "总", Fraction(1)),)
    assert total_of({"z": Fraction(value)}, replace(RULE, tree=tree)).band == band
