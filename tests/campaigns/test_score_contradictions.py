"""Scores that nobody adds up, and weights that are no whole, are named with their mend."""

import pytest

from pingyi.campaigns.doors import TABLE_MEASURES
from pingyi.campaigns.rules.reading import parse_pack
from tests.campaigns.test_contradictions import ITEMS, OPTIONS, WHOLE, found_in

POINTS = """options = [
  { code = "yes", label = "是", score = 100 },
  { code = "no", label = "否", score = "40" },
  { code = "unknown", label = "不了解", outside = true },
]
scoring = { label = "综合得分", bands = [{ at_least = 85, label = "好" }] }"""
TREE = """items = [
  { code = "study", label = "学", group = "one", weight = "1/3" },
  { code = "unity", label = "团结", group = "one", weight = "2/3" },
  { code = "deeds", label = "实绩", group = "two", weight = "1" },
  { code = "overall", label = "总", overall = true },
]"""
GROUPS = """groups = [
  { code = "one", label = "甲组", weight = "40%" },
  { code = "two", label = "乙组", weight = "60%" },
]"""
SCORED = WHOLE.replace(OPTIONS, POINTS)
# TOML 1.0 has no lines within braces but in lists.
GROUPED = SCORED.replace(ITEMS, TREE).replace('label = "综合得分"', f'label = "综合得分", {GROUPS}')
FORM = "appraisal.forms.sheet"

MISTAKES = [
    (
        "a score that nobody adds up",
        WHOLE,
        'label = "否"',
        'label = "否", score = 1',
        "options.no.score",
        "needs_scoring",
    ),
    (
        "a weight that nobody adds up",
        WHOLE,
        "overall = true",
        'overall = true, weight = "1"',
        "items.overall.weight",
        "needs_scoring",
    ),
    (
        "a group without scores",
        WHOLE,
        "overall = true",
        'overall = true, group = "one"',
        "items.overall.group",
        "needs_scoring",
    ),
    ("an option without score", SCORED, ", score = 100", "", "options.yes.score", "missing"),
    (
        "a score outside the base",
        SCORED,
        "outside = true",
        "outside = true, score = 0",
        "options.unknown.score",
        "outside_has_no_score",
    ),
    ("a negative score", SCORED, '"40"', '"-40"', "options.no.score", "no_points"),
    (
        "a score above a hundred",
        SCORED,
        "score = 100",
        "score = 101",
        "options.yes.score",
        "no_points",
    ),
    (
        "a score with a decimal point",
        SCORED,
        "score = 100",
        "score = 9.5",
        "options.yes.score",
        "not_a_fraction",
    ),
    ("all are worth the same", SCORED, '"40"', '"100"', "options", "all_score_alike"),
    (
        "a band that nobody reaches",
        SCORED,
        "at_least = 85",
        "at_least = 101",
        "scoring.bands.#1.at_least",
        "no_points",
    ),
    (
        "two bands of one begin",
        SCORED,
        'label = "好" }',
        'label = "好" }, { at_least = "85", label = "又" }',
        "scoring.bands.85",
        "twice",
    ),
    (
        "two bands of one name",
        SCORED,
        'label = "好" }',
        'label = "好" }, { at_least = 60, label = "好" }',
        "scoring.bands",
        "label_twice",
    ),
    (
        "items that are no whole",
        SCORED,
        "overall = true",
        'overall = true, weight = "99%"',
        "items",
        "no_whole",
    ),
    ("a weight of nothing", GROUPED, '"1/3"', '"0"', "scoring.groups.one", "no_whole"),
    ("a group that is no whole", GROUPED, '"2/3"', '"1/2"', "scoring.groups.one", "no_whole"),
    (
        "an item of a group without weight",
        GROUPED,
        ', weight = "1/3"',
        "",
        "scoring.groups.one",
        "no_whole",
    ),
    ("groups that are no whole", GROUPED, '"60%"', '"50%"', "scoring.groups", "no_whole"),
    (
        "a group of nothing",
        GROUPED,
        'group = "two"',
        'group = "one"',
        "scoring.groups.two",
        "group_of_nothing",
    ),
    (
        "an unknown group",
        GROUPED,
        'group = "two"',
        'group = "three"',
        "items.deeds.group",
        "not_defined",
    ),
    (
        "a weight beside the groups",
        GROUPED,
        "overall = true",
        'overall = true, weight = "1"',
        "items.overall.group",
        "missing",
    ),
    ("a group twice", GROUPED, 'code = "two"', 'code = "one"', "scoring.groups.one", "twice"),
    ("two groups of one name", GROUPED, "乙组", "甲组", "scoring.groups", "label_twice"),
    (
        "a weight that is none",
        GROUPED,
        '"60%"',
        '"six"',
        "scoring.groups.two.weight",
        "not_a_fraction",
    ),
]


@pytest.mark.parametrize("text", [SCORED, GROUPED])
def test_a_scored_ballot_is_good(text: str) -> None:
    [form] = parse_pack(text, measures=TABLE_MEASURES).appraisal.forms
    assert form.scoring.over == "base"
    assert [option.score for option in form.options] == [100, 40, None]


@pytest.mark.parametrize(
    ("base", "right", "wrong", "key", "code"),
    [case[1:] for case in MISTAKES],
    ids=[case[0] for case in MISTAKES],
)
def test_a_score_that_is_none_is_named(
    base: str, right: str, wrong: str, key: str, code: str
) -> None:
    assert right in base
    assert (f"{FORM}.{key}", code) in found_in(base.replace(right, wrong))
