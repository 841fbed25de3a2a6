"""Reading packs: three good ones, and every mistake named by its dotted key."""

from fractions import Fraction
from pathlib import Path

import pytest

from pingyi.campaigns.queries.packs import (
    known_pack,
    known_packs,
    problem_sentence,
    register_problems,
)
from pingyi.campaigns.rules.pack import Pack
from pingyi.campaigns.rules.reading import PackProblems, Problem, parse_pack, read_pack, snapshot

GOOD = """
code = "good"
name = "好"
reporting_levels = ["township"]
[document]
number = "一号"
title = "通知"
office = "办公室"
issued_on = 2011-01-01
[[rounds]]
code = "year"
name = "年度"
opens_on = 2011-01-01
closes_on = 2011-01-31
"""
APPRAISAL = """
[appraisal]
stages = [{ code = "ballot", label = "评", kind = "count" }]
strata = []
[appraisal.counting]
[[appraisal.forms]]
code = "sheet"
annex = "附表"
title = "表"
subject = "member"
name_label = "名"
date_label = "时间"
items = [{ code = "overall", label = "总", overall = true }]
options = [{ code = "yes", label = "是" }, { code = "no", label = "否" }]
[[appraisal.rates]]
code = "yes_rate"
label = "率"
of = ["yes"]
formula = "是 ÷ 票"
"""
THRESHOLD = """
[[appraisal.flags]]
kind = "threshold"
code = "low"
label = "低"
form = "sheet"
item = "overall"
rate = "yes_rate"
below = "2/3"
"""


def problems(text: str) -> set[tuple[str, str]]:
    with pytest.raises(PackProblems) as found:
        parse_pack(text)
    return {(problem.key, problem.code) for problem in found.value.problems}


def test_our_packs_can_be_used(db):
    found = known_packs()
    assert [info.code for info in found] == [
        "banzi-ceping", "chuangxian-2011", "ganbu-ceping", "minzhu-pingyi", "zhengfeng-hangfeng",
    ]  # fmt: skip
    for info in found:
        assert info.problems == ()
        assert register_problems(info.pack) == []
        assert info.name == info.pack.name


def test_exact_fractions_survive_the_snapshot():
    pack = parse_pack(GOOD + APPRAISAL + THRESHOLD)
    content, first = snapshot(pack)
    again = Pack.model_validate(content)
    assert again == pack
    assert again.appraisal.flags[0].below == Fraction(2, 3)
    assert snapshot(again) == (content, first)
    assert snapshot(parse_pack(GOOD))[1] != first


def test_a_snapshot_of_before_bands_and_reached_quorums_is_still_read():
    content, _hash = snapshot(parse_pack(GOOD + APPRAISAL))
    del content["appraisal"]["counting"]["quorum_reached"]
    del content["appraisal"]["rates"][0]["bands"]
    content["appraisal"]["strata"] = [{"code": "m", "label": "x", "least": 1, "weight": None}]
    again = Pack.model_validate(content)
    assert again.appraisal.counting.quorum_reached == "more"
    assert again.appraisal.rates[0].bands == []


def test_the_quota_counts_full_members_only_by_the_pack():
    pack = known_pack("minzhu-pingyi").pack
    assert pack.appraisal.forms[0].graded == "full"
    assert pack.appraisal.flags[0].at_most == Fraction(1, 3)


@pytest.mark.parametrize(
    ("wrong", "right", "key", "code"),
    [
        ('name = "好"', "", "name", "missing"),
        ('name = "好"', 'name = ""', "name", "empty"),
        ('name = "好"', "name = 3", "name", "not_text"),
        ('name = "好"', 'name = "好"\nnmae = "x"', "nmae", "unknown_key"),
        ('code = "year"', 'code = "The Year"', "rounds.The Year.code", "not_a_code"),
        ('code = "year"', f'code = "{"y" * 41}"', f"rounds.{'y' * 41}.code", "too_long"),
        ('code = "year"', "", "rounds.#1.code", "missing"),
        ('["township"]', "[]", "reporting_levels", "too_few"),
        ('["township"]', '"township"', "reporting_levels", "not_a_list"),
        ("opens_on = 2011-01-01", 'opens_on = "soon"', "rounds.year.opens_on", "not_a_date"),
        (
            "closes_on = 2011-01-31",
            "closes_on = 2010-01-31",
            "rounds.year.closes_on",
            "ends_before_it_begins",
        ),
        ("[document]", "review = 1\n[document]", "review", "not_a_table"),
        (
            "[appraisal.counting]",
            "[appraisal.counting]\nquorum = 0.5",
            "appraisal.counting.quorum",
            "not_a_fraction",
        ),
        (
            "[appraisal.counting]",
            '[appraisal.counting]\nquorum = "half"',
            "appraisal.counting.quorum",
            "not_a_fraction",
        ),
        (
            "[appraisal.counting]",
            '[appraisal.counting]\nblank = "x"',
            "appraisal.counting.blank",
            "not_one_of",
        ),
        (
            "[appraisal.counting]",
            "[appraisal.counting]\nself_vote = 5",
            "appraisal.counting.self_vote",
            "not_true_or_false",
        ),
        (
            "strata = []",
            'strata = [{ code = "m", label = "x", least = -1 }]',
            "appraisal.strata.m.least",
            "too_small",
        ),
        (
            "strata = []",
            'strata = [{ code = "m", label = "x", least = 1.5 }]',
            "appraisal.strata.m.least",
            "not_a_number",
        ),
        (
            "strata = []",
            'strata = [{ code = "m", label = "x", weight = "1/2" }]',
            "appraisal.strata.m.weight",
            "weight_needs_apart",
        ),
        (
            "[appraisal.counting]",
            "[appraisal.counting]\ntrim = true",
            "appraisal.counting.trim",
            "unknown_key",
        ),
        (
            "[appraisal.counting]",
            '[appraisal.counting]\nquorum_reached = "nearly"',
            "appraisal.counting.quorum_reached",
            "not_one_of",
        ),
        (
            'of = ["yes"]',
            'of = ["yes"]\nbands = [{ at_least = 0.8, label = "好" }]',
            "appraisal.rates.yes_rate.bands.#1.at_least",
            "not_a_fraction",
        ),
        ('of = ["yes"]', 'of = ["maybe"]', "appraisal.rates.yes_rate.of", "not_defined"),
        ('of = ["yes"]', 'of = "yes"', "appraisal.rates.yes_rate.of", "not_a_list"),
        ('code = "no"', 'code = "yes"', "appraisal.forms.sheet.options.yes", "twice"),
        ('kind = "threshold"', 'kind = "guess"', "appraisal.flags.low.kind", "not_one_of"),
        ('kind = "threshold"', "", "appraisal.flags.low.kind", "missing"),
        ('below = "2/3"', "", "appraisal.flags.low", "below_or_above"),
        ('below = "2/3"', "below = 0.66", "appraisal.flags.low.below", "not_a_fraction"),
        ('form = "sheet"', 'form = "other"', "appraisal.flags.low.form", "not_defined"),
        ('item = "overall"', 'item = "other"', "appraisal.flags.low.item", "not_defined"),
        ('rate = "yes_rate"', 'rate = "other"', "appraisal.flags.low.rate", "not_defined"),
    ],
)
def test_a_mistake_is_named_by_its_key(wrong, right, key, code):
    text = GOOD + APPRAISAL + THRESHOLD
    assert wrong in text
    assert (key, code) in problems(text.replace(wrong, right, 1))


def test_a_quota_names_an_option_of_its_form():
    quota = THRESHOLD.replace("threshold", "quota").replace('rate = "yes_rate"', 'option = "hm"')
    text = GOOD + APPRAISAL + quota.replace("below", "at_most")
    assert problems(text) == {("appraisal.flags.low.option", "not_defined")}


def test_rounds_that_do_not_exist_are_named():
    text = (
        GOOD
        + """
[[deadlines]]
round = "second"
tier = "unit"
name = "报"
due_on = 2011-01-20
[[deadlines]]
round = "year"
tier = "unit"
name = "报"
due_on = 2011-01-20
[[deadlines]]
round = "year"
tier = "unit"
name = "再报"
due_on = 2011-01-20
[[tables]]
code = "t"
annex = "一"
title = "表"
unit_label = "单位"
date_label = "时间"
category_label = "类"
rows = [{ code = "r", label = ["数"], measure = "members", round = "third" }]
blocks = [
  { columns = [{ code = "a", label = "甲" }] },
  { columns = [{ code = "a", label = "乙" }] },
]
"""
    )
    assert problems(text) == {
        ("deadlines.#1.round", "not_defined"),
        ("deadlines.year.unit", "twice"),
        ("tables.t.rows.r.round", "not_defined"),
        ("tables.t.blocks.a", "twice"),
    }


def test_a_check_names_rows_and_cells_that_the_tables_have():
    text = (
        GOOD
        + """
[[tables]]
code = "t"
annex = "表"
title = "表"
unit_label = "单位"
date_label = "时间"
category_label = "类别"
rows = [{ code = "r", label = ["行"], measure = "members" }]
blocks = [{ columns = [{ code = "a", label = "甲" }] }]
[[checks]]
code = "sums"
label = "应相等"
level = "warning"
left = LEFT
relation = "equal"
right = ["t.r.a"]
"""
    )
    assert parse_pack(text.replace("LEFT", '["t.r"]')).checks[0].left == ["t.r"]
    for left, code in {'["t.q"]': "not_defined", '["t.r.b"]': "not_defined"}.items():
        assert problems(text.replace("LEFT", left)) == {("checks.sums.left", code)}
    for left in ('["t"]', "7", '"t.r"', "[7]"):
        assert {
            key.partition(".left")[0] for key, _code in problems(text.replace("LEFT", left))
        } == {"checks.sums"}
    twice = text.replace("LEFT", '["t.r"]')
    twice += twice[twice.index("[[checks]]") :]
    assert problems(twice) == {("checks.sums", "twice")}


def test_all_problems_come_at_once():
    text = (GOOD + APPRAISAL).replace('name = "好"', "").replace('of = ["yes"]', 'of = ["hm"]')
    assert problems(text) == {
        ("name", "missing"),
        ("appraisal.rates.yes_rate.of", "not_defined"),
    }


def test_what_is_no_toml_or_no_text_or_not_there_is_said(tmp_path: Path):
    assert problems("= 1") == {("", "not_toml_here")}
    folder = tmp_path / "good"
    folder.mkdir()

    def problem_of_folder() -> tuple[str, str]:
        with pytest.raises(PackProblems) as found:
            read_pack(folder)
        return found.value.problems[0].key, found.value.problems[0].code

    assert problem_of_folder() == ("", "no_file")
    (folder / "pack.toml").write_bytes(b"\xff\xfe")
    assert problem_of_folder() == ("", "not_utf8")
    (folder / "pack.toml").write_text(GOOD.replace('"good"', '"better"'), encoding="utf-8")
    assert problem_of_folder() == ("code", "not_the_folder")
    (folder / "pack.toml").write_text(GOOD, encoding="utf-8")
    assert read_pack(folder).name == "好"


def test_a_list_of_things_that_are_no_tables_is_said():
    assert ("rounds.#1", "not_a_table") in problems('rounds = [1]\ncode = "x"')


def test_every_problem_has_a_sentence_with_file_and_key(settings, tmp_path: Path):
    folder = tmp_path / "good"
    folder.mkdir()
    (folder / "pack.toml").write_text("code = 'good'", encoding="utf-8")
    settings.PACK_DIRS = [tmp_path]
    (info,) = known_packs()
    assert (info.code, info.name, info.pack) == ("good", "good", None)
    assert len(info.problems) == 4
    assert all(sentence.startswith("good/pack.toml ") for sentence in info.problems)
    assert known_pack("nothing") is None


def test_an_unforeseen_problem_is_said_in_the_words_of_the_reader():
    problem = Problem("a.b", "no_such_code", {"detail": "Odd."})
    assert "Odd." in problem_sentence(problem)


def test_of_two_packs_with_one_code_the_first_folder_wins(settings, tmp_path: Path):
    folder = tmp_path / "minzhu-pingyi"
    folder.mkdir()
    text = GOOD.replace('"good"', '"minzhu-pingyi"')
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    settings.PACK_DIRS = [*settings.PACK_DIRS, tmp_path]
    assert known_pack("minzhu-pingyi").name == "民主评议党员"
    used, other = (info for info in known_packs() if info.code == "minzhu-pingyi")
    assert (used.folder, other.folder, other.pack) == (
        known_pack("minzhu-pingyi").folder,
        folder,
        None,
    )
    assert str(used.folder) in other.problems[0]
    settings.PACK_DIRS = [tmp_path, *settings.PACK_DIRS]
    assert known_pack("minzhu-pingyi").name == "好"
