"""What is said of a mistake in a pack: its key, what is wrong, how to mend it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from pingyi.campaigns.queries.packs import problem_sentence
from pingyi.campaigns.rules.reading import PackProblems, Problem, parse_pack, read_pack
from pingyi.campaigns.rules.references import reference_problems
from tests.campaigns.test_packs import APPRAISAL, GOOD, THRESHOLD

TABLE = """
[[tables]]
code = "t"
annex = "一"
title = "表"
unit_label = "单位"
date_label = "时间"
category_label = "类"
rows = [{ code = "r", label = ["数"], measure = "members" }]
blocks = [{ columns = [{ code = "a", label = "甲" }] }]
"""
WHOLE = GOOD + APPRAISAL + THRESHOLD + TABLE
COUNTING = "[appraisal.counting]"


def found_in(text: str, **more: Any) -> list[Problem]:
    with pytest.raises(PackProblems) as found:
        parse_pack(text, **more)
    assert found.value.file == "pack.toml"
    return list(found.value.problems)


def said_of(text: str, **more: Any) -> list[str]:
    with override("en"):
        return [problem_sentence(problem) for problem in found_in(text, **more)]


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ('name = "好"', "", "name: This is missing. Add it."),
        ('name = "好"', "name = 3", "name: “3” is not text. Put it in quotation marks."),
        (
            'name = "好"',
            f"name = [{'1' * 38}]",
            f"name: “[{'1' * 38}]” is not text. Put it in quotation marks.",
        ),
        (
            'name = "好"',
            f"name = [{'1' * 39}]",
            f"name: “[{'1' * 38}…” is not text. Put it in quotation marks.",
        ),
        (
            'code = "year"',
            f'code = "{"y" * 41}"',
            f"rounds.{'y' * 41}.code: This is longer than 40 characters. Shorten it.",
        ),
        (
            '["township"]',
            "[]",
            "reporting_levels: At least 1 entries are needed here.",
        ),
        (
            '["数"]',
            '["一", "二", "三"]',
            "tables.t.rows.r.label: At most 2 entries are allowed here.",
        ),
        (
            "opens_on = 2011-01-01",
            'opens_on = "soon"',
            "rounds.year.opens_on: “soon” is not a date such as 2011-06-28.",
        ),
        (
            "closes_on = 2011-01-31",
            "closes_on = 2010-12-31",
            "rounds.year.closes_on: 2010-12-31 is before 2011-01-01, the day it opens.",
        ),
        (
            COUNTING,
            f"{COUNTING}\nquorum = [1]",
            (
                "appraisal.counting.quorum: This value is not right: Fraction input should be an "
                "integer, float, string or Fraction object"
            ),
        ),
        (
            COUNTING,
            f'{COUNTING}\nblank = "x"',
            (
                "appraisal.counting.blank: “x” is not allowed here. Use one of: "
                "'abstain' or 'invalid'."
            ),
        ),
        (
            COUNTING,
            f"{COUNTING}\nself_vote = 5",
            "appraisal.counting.self_vote: “5” must be true or false.",
        ),
        (
            COUNTING,
            f"{COUNTING}\nself_vote = []",
            "appraisal.counting.self_vote: “[]” must be true or false.",
        ),
        (
            "strata = []",
            'strata = [{ code = "m", label = "x", least = -1 }]',
            "appraisal.strata.m.least: “-1” is too small. The least is 0.",
        ),
        (
            "strata = []",
            'strata = [{ code = "m", label = "x", least = "x" }]',
            "appraisal.strata.m.least: “x” is not a whole number.",
        ),
        (
            "strata = []",
            'strata = [{ code = "m", label = "x", least = [1] }]',
            "appraisal.strata.m.least: “[1]” is not a whole number.",
        ),
        (
            'kind = "threshold"',
            'kind = "guess"',
            (
                "appraisal.flags.low.kind: “guess” is not allowed here. Use one of: "
                "'threshold', 'quota', 'panel', 'quorum'."
            ),
        ),
        ('kind = "threshold"', "", "appraisal.flags.low.kind: This is missing. Add it."),
        ('rate = "yes_rate"', "", "appraisal.flags.low.rate: This is missing. Add it."),
        (
            'code = "no"',
            'code = "yes"',
            "appraisal.forms.sheet.options.yes: “yes” is defined twice. Keep one.",
        ),
        (
            'of = ["yes"]',
            'of = ["maybe"]',
            "appraisal.rates.yes_rate.of: “maybe” is not defined. Defined are: yes, no.",
        ),
        (
            "strata = []",
            'strata = [{ code = 3, label = "x" }]',
            "appraisal.strata.#1.code: “3” is not text. Put it in quotation marks.",
        ),
        (
            "strata = []",
            'strata = [{ code = "m", label = "x" }, { code = "", label = "x" }]',
            (
                "appraisal.strata.#2.code: “” is not a code. Use small letters, digits and "
                "underscores, beginning with a letter."
            ),
        ),
    ],
)
def test_a_mistake_is_said_with_what_stands_there_and_what_may(
    right: str, wrong: str, sentence: str
) -> None:
    assert WHOLE.count(right)
    assert sentence in said_of(WHOLE.replace(right, wrong, 1))


def test_what_nobody_foresaw_has_a_code_as_well() -> None:
    (problem,) = found_in(WHOLE.replace(COUNTING, f"{COUNTING}\nquorum = [1]"))
    assert problem.code == "wrong"


def test_a_round_may_last_one_day() -> None:
    assert parse_pack(WHOLE.replace("closes_on = 2011-01-31", "closes_on = 2011-01-01"))


def test_reviews_are_alike_up_to_whole() -> None:
    review = "[review]\nalike_from = 101\n"
    assert "review.alike_from: “101” is too large. The most is 100." in said_of(review + GOOD)


def test_what_a_round_is_asked_of_is_named_with_what_is_counted() -> None:
    counted = {"members": True, "units": False}
    said = "tables.t.rows.r.round: “members” is counted round by round. Name the round of the row."
    assert said_of(WHOLE, measures=counted) == [said]
    assert parse_pack(WHOLE, measures={"members": False})
    assert said_of(WHOLE, measures={"units": False}) == [
        "tables.t.rows.r.measure: “members” is not defined. Defined are: units."
    ]


def test_a_row_that_says_wrongly_what_it_counts_hides_no_other() -> None:
    rows = 'rows = [{ code = "q", label = ["又"], measure = [] }, { code = "r", label = ["数"], '
    wrong = WHOLE.replace('rows = [{ code = "r", label = ["数"], ', rows)
    assert [problem.key for problem in found_in(wrong, measures={"units": False})] == [
        "tables.t.rows.q.measure",
        "tables.t.rows.r.measure",
    ]


def test_a_round_with_one_wrong_day_is_no_round_that_ends_too_early() -> None:
    wrong = WHOLE.replace("closes_on = 2011-01-31", 'closes_on = "soon"')
    assert [problem.code for problem in found_in(wrong)] == ["not_a_date"]


@pytest.mark.parametrize(
    "way",
    [
        "rounds",
        "tables",
        "review.forms",
        "review.themes",
        "review.scopes",
        "review.ways",
        "appraisal.stages",
        "appraisal.strata",
        "appraisal.forms",
        "appraisal.forms.?.items",
        "appraisal.forms.?.options",
        "appraisal.rates",
        "tables.?.rows",
    ],
)
def test_no_code_stands_twice_in_a_list(way: str) -> None:
    data: Any = [{"code": "a"}, {"code": "b"}, {"code": "a"}]
    for step in reversed(way.split(".")):
        data = [data] if step == "?" else {step: data}
    assert reference_problems(data, None) == [(f"{way}.a", "twice", {"value": "a"})]


def test_a_flag_is_told_apart_by_its_code() -> None:
    flags = [{"code": "a", "kind": "panel"}, {"code": "a", "kind": "quorum"}]
    assert reference_problems({"appraisal": {"flags": flags}}, None) == [
        ("appraisal.flags.a", "twice", {"value": "a"})
    ]


def test_days_that_are_none_are_not_compared() -> None:
    plan = {"code": "a", "opens_on": date(2011, 1, 1)}
    assert reference_problems({"rounds": [plan]}, None) == []
    assert reference_problems({"appraisal": {"rates": [{"of": 3}]}}, None) == []


def test_a_folder_is_told_what_is_wrong_with_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "good"
    folder.mkdir()
    file = folder / "pack.toml"

    def said() -> str:
        with pytest.raises(PackProblems) as found:
            read_pack(folder)
        (problem,) = found.value.problems
        assert str(found.value) == f"good/pack.toml: {problem.key} {problem.code}"
        with override("en"):
            return problem_sentence(problem, found.value.file)

    assert said() == "good/pack.toml: The file is missing."
    file.write_bytes(b"\xff\xfe")
    assert said() == "good/pack.toml: The file is not UTF-8 text. Save it as UTF-8."
    file.write_text("= 1", encoding="utf-8")
    assert said().startswith(
        "good/pack.toml: The file is not TOML from line 1, column 1 on (“= 1”)"
    )
    file.write_text(GOOD.replace('"good"', '"better"'), encoding="utf-8")
    assert said() == (
        "good/pack.toml code: The code “better” must be the name of the folder, “good”."
    )


def test_all_that_is_wrong_stands_in_the_text_of_the_exception() -> None:
    with pytest.raises(PackProblems) as found:
        parse_pack(GOOD.replace('name = "好"', "name = 3").replace('code = "year"', ""))
    assert str(found.value) == "pack.toml: name not_text, rounds.#1.code missing"
