"""A pack that could never be done, or never be true, is named before anybody opens it."""

import random
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from pingyi.campaigns.doors import TABLE_MEASURES
from pingyi.campaigns.queries.packs import known_packs, problem_sentence
from pingyi.campaigns.rules.pack import Pack
from pingyi.campaigns.rules.reading import (
    LARGEST,
    PackProblems,
    checked_pack,
    parse_pack,
    read_pack,
)
from tests.campaigns.test_packs import APPRAISAL, GOOD, THRESHOLD

REVIEW = """
[review]
achievements = { label = "成绩" }
problems = { label = "问题" }
direction = { label = "方向" }
forms = [{ code = "meeting", label = "会议" }]
themes = []
scopes = [{ code = "inside", label = "内部" }]
ways = [{ code = "board", label = "公开栏" }]
"""
TABLE = """
[[tables]]
code = "t"
annex = "一"
title = "表"
unit_label = "单位"
date_label = "时间"
category_label = "类"
rows = [{ code = "r", label = ["数"], measure = "members" }]
blocks = [{ columns = [{ code = "a", label = "甲" }, { code = "b", label = "乙" }] }]
"""
DEADLINE = """
[[deadlines]]
round = "year"
tier = "unit"
name = "报"
due_on = 2011-01-20
"""
SHIPPED = ("banzi-ceping", "chuangxian-2011", "ganbu-ceping", "minzhu-pingyi", "zhengfeng-hangfeng")
WHOLE = GOOD + DEADLINE + REVIEW + APPRAISAL + THRESHOLD + TABLE
STAGE = 'stages = [{ code = "ballot", label = "评", kind = "count" }]'
OPTIONS = 'options = [{ code = "yes", label = "是" }, { code = "no", label = "否" }]'
ITEMS = 'items = [{ code = "overall", label = "总", overall = true }]'
FLAG = '[[appraisal.flags]]\ncode = "f"\nlabel = "旗"\n'
QUOTA = f'{FLAG}kind = "quota"\nform = "sheet"\nitem = "overall"\noption = "yes"\n'
EIGHTY = '{ at_least = "80%", label = "好" }'
OUTSIDE = f"""{OPTIONS[:-1]}, {{ code = "unknown", label = "不了解", outside = true }}]
[[appraisal.rates]]
code = "x"
label = "又"
of = ["unknown"]
over = "base"
formula = "x"
"""
TWO_ROUNDS = """
[[rounds]]
code = "other"
name = "另一"
opens_on = 2010-01-01
closes_on = 2010-01-31
"""

MISTAKES = [
    (
        "no stage counts",
        STAGE,
        STAGE.replace("count", "record"),
        "appraisal.stages",
        "one_stage_counts",
    ),
    (
        "two stages count",
        STAGE,
        f'{STAGE[:-1]}, {{ code = "b", label = "再", kind = "count" }}]',
        "appraisal.stages",
        "one_stage_counts",
    ),
    (
        "a meeting of nobody",
        STAGE,
        f'{STAGE[:-1]}, {{ code = "m", label = "会", kind = "meeting" }}]',
        "appraisal.stages.m.kind",
        "meeting_of_nobody",
    ),
    (
        "no overall item",
        "overall = true",
        "overall = false",
        "appraisal.forms.sheet.items",
        "one_overall_item",
    ),
    (
        "two overall items",
        ITEMS,
        f'{ITEMS[:-1]}, {{ code = "b", label = "另", overall = true }}]',
        "appraisal.forms.sheet.items",
        "one_overall_item",
    ),
    (
        "an answer outside the base adds to it",
        OPTIONS,
        OUTSIDE,
        "appraisal.rates.x.of",
        "outside_the_base",
    ),
    (
        "an answer counts twice",
        'of = ["yes"]',
        'of = ["yes", "yes"]',
        "appraisal.rates.yes_rate.of.yes",
        "twice",
    ),
    (
        "one option is left",
        OPTIONS,
        OPTIONS.replace('label = "否"', 'label = "否", outside = true'),
        "appraisal.forms.sheet.options",
        "two_options_count",
    ),
    (
        "a quorum of two hundred",
        "[appraisal.counting]",
        '[appraisal.counting]\nquorum = "200%"',
        "appraisal.counting.quorum",
        "no_share",
    ),
    (
        "a quorum of nothing",
        "[appraisal.counting]",
        '[appraisal.counting]\nquorum = "0"',
        "appraisal.counting.quorum",
        "no_share",
    ),
    (
        "a band of eighty",
        'formula = "是 ÷ 票"',
        'formula = "x"\nbands = [{ at_least = "80", label = "好" }]',
        "appraisal.rates.yes_rate.bands.#1.at_least",
        "no_share",
    ),
    (
        "bands that begin alike",
        'formula = "是 ÷ 票"',
        f'formula = "x"\nbands = [{EIGHTY}, {{ at_least = "4/5", label = "优" }}]',
        "appraisal.rates.yes_rate.bands.4/5",
        "twice",
    ),
    (
        "a negative threshold",
        'below = "2/3"',
        'below = "-60%"',
        "appraisal.flags.low.below",
        "no_share",
    ),
    (
        "a threshold that nothing is below",
        'below = "2/3"',
        'below = "0"',
        "appraisal.flags.low.below",
        "no_share",
    ),
    (
        "a threshold above the whole",
        'below = "2/3"',
        'above = "60"',
        "appraisal.flags.low.above",
        "no_share",
    ),
    (
        "a quota of more than all",
        THRESHOLD,
        f'{QUOTA}at_most = "3"\n',
        "appraisal.flags.f.at_most",
        "no_share",
    ),
    (
        "a quota over a unit",
        THRESHOLD,
        f'{QUOTA}at_most = "1/3"\n',
        "appraisal.flags.f.form",
        "members_only",
    ),
    (
        "full members of a unit's ballot",
        'subject = "member"',
        'subject = "organization"\ngraded = "full"',
        "appraisal.forms.sheet.graded",
        "members_only",
    ),
    (
        "a weight without a box",
        "strata = []",
        'strata = [{ code = "m", label = "x", weight = "1" }]',
        "appraisal.strata.m.weight",
        "weight_needs_apart",
    ),
    (
        "nobody counted apart",
        "[appraisal.counting]",
        "[appraisal.counting]\napart = true",
        "appraisal.counting.apart",
        "apart_of_what",
    ),
    (
        "a quorum flag without quorum",
        THRESHOLD,
        f'{FLAG}kind = "quorum"\n',
        "appraisal.flags.f",
        "no_quorum",
    ),
    (
        "a panel flag without least",
        THRESHOLD,
        f'{FLAG}kind = "panel"\n',
        "appraisal.flags.f",
        "no_least",
    ),
    (
        "a panel flag without a meeting",
        THRESHOLD,
        f'{FLAG}kind = "panel"\n',
        "appraisal.flags.f",
        "no_meeting_before",
    ),
    (
        "a rate of another ballot",
        'of = ["yes"]',
        'of = ["else"]',
        "appraisal.flags.low.rate",
        "not_on_the_ballot",
    ),
    (
        "due before the round begins",
        "due_on = 2011-01-20",
        "due_on = 2010-12-20",
        "deadlines.#1.due_on",
        "due_before_it_begins",
    ),
    (
        "a tier of nobody",
        'tier = "unit"',
        'tier = "province"',
        "deadlines.#1.tier",
        "tier_of_nobody",
    ),
    ("rounds out of order", DEADLINE, TWO_ROUNDS, "rounds.other.opens_on", "round_out_of_order"),
    (
        "rounds of one name",
        DEADLINE,
        TWO_ROUNDS.replace("另一", "年度").replace("2010", "2012"),
        "rounds",
        "label_twice",
    ),
    (
        "options of one name",
        'label = "否"',
        'label = "是"',
        "appraisal.forms.sheet.options",
        "label_twice",
    ),
    (
        "columns of one name",
        'label = "乙"',
        'label = " 甲"',
        "tables.t.blocks.#1.columns",
        "label_twice",
    ),
    (
        "a level twice",
        '["township"]',
        '["township", "township"]',
        "reporting_levels.township",
        "twice",
    ),
    (
        "no form of review",
        'forms = [{ code = "meeting", label = "会议" }]',
        "forms = []",
        "review.forms",
        "too_few",
    ),
    (
        "no way of publishing",
        'ways = [{ code = "board", label = "公开栏" }]',
        "ways = []",
        "review.ways",
        "too_few",
    ),
    (
        "a day with an hour",
        "opens_on = 2011-01-01",
        "opens_on = 2011-01-01T08:00:00",
        "rounds.year.opens_on",
        "not_a_date",
    ),
]


def found_in(text: str) -> set[tuple[str, str]]:
    with pytest.raises(PackProblems) as found:
        parse_pack(text)
    for language in ("en", "zh-hans"):
        with override(language):
            for problem in found.value.problems:
                said = problem_sentence(problem, found.value.file)
                assert "%(" not in said
                assert problem.key in said
    return {(problem.key, problem.code) for problem in found.value.problems}


def test_the_pack_of_these_tests_is_good() -> None:
    assert parse_pack(WHOLE).code == "good"


@pytest.mark.parametrize(
    ("right", "wrong", "key", "code"),
    [case[1:] for case in MISTAKES],
    ids=[case[0] for case in MISTAKES],
)
def test_a_contradiction_is_named(right: str, wrong: str, key: str, code: str) -> None:
    assert right in WHOLE
    text = WHOLE.replace(right, wrong, 1)
    if "a quota over" in wrong or key == "appraisal.flags.f.form":
        text = text.replace('subject = "member"', 'subject = "organization"')
    assert (key, code) in found_in(text)


def test_what_stands_at_the_edge_is_no_contradiction() -> None:
    edges = WHOLE.replace(
        "[appraisal.counting]", '[appraisal.counting]\nquorum_reached = "at_least"\nquorum = "1"'
    )
    edges = edges.replace('below = "2/3"', 'below = "100%"')
    edges = edges.replace(
        'formula = "是 ÷ 票"', 'formula = "x"\nbands = [{ at_least = "0", label = "全" }]'
    )
    edges = edges.replace("due_on = 2011-01-20", "due_on = 2011-01-01")
    panel = f'{FLAG}kind = "panel"\n'
    with_least = edges.replace("strata = []", 'strata = [{ code = "m", label = "员", least = 1 }]')
    with_meeting = f'{STAGE[:10]}{{ code = "m", label = "会", kind = "meeting" }}, {STAGE[10:]}'
    with_least = with_least.replace(STAGE, with_meeting)
    assert parse_pack(with_least + panel).appraisal is not None
    same_day = TWO_ROUNDS.replace("2010-01-01", "2011-01-01").replace("2010-01-31", "2011-02-28")
    assert len(parse_pack(WHOLE.replace(DEADLINE, same_day)).rounds) == 2


def test_the_file_may_begin_with_a_mark_of_its_editor(tmp_path: Path) -> None:
    folder = tmp_path / "good"
    folder.mkdir()
    (folder / "pack.toml").write_bytes(b"\xef\xbb\xbf" + WHOLE.encode())
    assert read_pack(folder).code == "good"


@pytest.mark.parametrize("kind", ["no_file_but_folder", "not_readable", "too_large_a_file"])
def test_what_cannot_be_read_is_said(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "good"
    folder.mkdir()
    file = folder / "pack.toml"
    if kind == "no_file_but_folder":
        file.mkdir()
    elif kind == "not_readable":
        file.symlink_to(file)
    else:
        file.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(PackProblems) as found:
        read_pack(folder)
    (problem,) = found.value.problems
    assert problem.code == kind
    assert "%(" not in problem_sentence(problem, found.value.file)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = " + "[" * 100_000, "not_toml"),
        ("a = " + "1" * 5_000, "not_toml"),
        ('a = "x', "not_toml_here"),
        ("a = 1\na = 2", "not_toml_here"),
        ("", "missing"),
    ],
)
def test_what_is_no_toml_is_said_with_its_place(text: str, code: str) -> None:
    assert code in {found for _key, found in found_in(text)}


# None takes the key away.
ODD: list[Any] = [
    None, "", "x", "½", "1/0", "-1", "9" * 60, 0, -1, 10**30, 1.5, float("nan"), float("inf"), True,
    [], {}, [1], ["x"], [[]], [{}], {"code": 3}, {"kind": "count"},
    date(1, 1, 1), date(9999, 12, 31), datetime(2011, 6, 28, 8), time(8),
    datetime(2011, 6, 28, tzinfo=UTC),
    "count", "member", "100%", "1e9", "\0", "一" * 10_000, "a-b", "<b>", [True], {"a": {}}, 2**63,
]  # fmt: skip


def ways(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value within."""
    yield way
    inside = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data if isinstance(data, list) else ())
    )
    for step, value in inside:
        yield from ways(value, (*way, step))


def put(data: Any, way: tuple[Any, ...], value: Any) -> Any:
    if not way:
        return value
    step, rest = way[0], way[1:]
    if isinstance(data, dict):
        changed = {**data, step: put(data[step], rest, value)}
        return {key: each for key, each in changed.items() if each is not None}
    changed = [put(each, rest, value) if at == step else each for at, each in enumerate(data)]
    return [each for each in changed if each is not None]


def told(data: Any) -> list[str]:
    """What is said of the data; nothing of a pack that can be used."""
    try:
        assert isinstance(checked_pack(data, measures=TABLE_MEASURES), Pack)
    except PackProblems as found:
        return [problem_sentence(problem, found.file) for problem in found.problems] or [""]
    return []


@pytest.mark.parametrize("code", SHIPPED)
def test_any_value_put_anywhere_is_a_pack_or_a_sentence(code: str) -> None:
    """A few of all replacements in each run; `scripts/fuzz-packs` tries every one."""
    folder = next(info.folder for info in known_packs() if info.code == code)
    data = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    drawn = random.Random(code)
    for way in drawn.sample(list(ways(data))[1:], 120):
        odd = drawn.choice(ODD)
        assert all(told(put(data, way, odd))), (way, odd)
