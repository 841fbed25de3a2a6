"""One bad pack is named with its fault, cannot be opened, and leaves the others and the pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pingyi.campaigns.doors import TABLE_MEASURES
from pingyi.campaigns.queries.packs import PackInfo, known_pack
from pingyi.campaigns.rules.reading import PackProblems, parse_pack
from pingyi.core.fractions import parse_fraction
from pingyi.core.refusals import Refusal
from tests.campaigns.test_command import OPEN, campaign
from tests.campaigns.test_packs import APPRAISAL, GOOD, THRESHOLD

TABLE = """
[[tables]]
code = "t"
annex = "一"
title = "表"
unit_label = "单位"
date_label = "时间"
category_label = "类"
rows = [{ code = "r", label = ["数"], measure = "members_reviewed", round = "year" }]
blocks = [{ columns = [{ code = "rural", label = "农村" }] }]
"""
Bad = Callable[[str], PackInfo]


@pytest.fixture
def bad(settings: Any, tmp_path: Path) -> Bad:
    """A folder of the operator's own with the pack `good` in it, bad or not."""

    def door(text: str) -> PackInfo:
        (tmp_path / "good").mkdir()
        (tmp_path / "good" / "pack.toml").write_text(text, encoding="utf-8")
        settings.PACK_DIRS = [*settings.PACK_DIRS, tmp_path]
        found = known_pack("good")
        assert found is not None
        return found

    return door


@pytest.mark.parametrize("text", ["6/0", "0/0", "1e9", "half", "", "nan", "1/3/2"])
def test_what_is_no_fraction_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="no exact fraction"):
        parse_fraction(text)


def test_a_fraction_over_nothing_is_a_problem_of_its_key() -> None:
    text = GOOD + APPRAISAL + THRESHOLD.replace("2/3", "6/0")
    with pytest.raises(PackProblems) as found:
        parse_pack(text)
    (problem,) = found.value.problems
    assert (problem.key, problem.code) == ("appraisal.flags.low.below", "not_a_fraction")


def test_the_other_packs_and_the_pages_stay(
    bad: Bad, register: Any, office_user: Any, client: Any
) -> None:
    bad(GOOD + APPRAISAL + THRESHOLD.replace("2/3", "6/0"))
    campaign("packs")
    client.force_login(office_user)
    assert client.get("/campaigns/").status_code == 200
    assert client.get("/campaigns/open/").status_code == 200
    page = client.get("/campaigns/packs/good/")
    assert "good/pack.toml appraisal.flags.low.below" in page.text
    campaign("open", *OPEN, "--cut-off", "2011-05-31")


def test_a_good_table_is_taken(bad: Bad) -> None:
    assert bad(GOOD + TABLE).problems == ()


@pytest.mark.parametrize(
    ("wrong", "right", "place"),
    [
        ("members_reviewed", "martians", "tables.t.rows.r.measure"),
        (', round = "year"', "", "tables.t.rows.r.round"),
    ],
)
def test_a_measure_that_cannot_be_counted_is_refused(
    bad: Bad, register: Any, wrong: str, right: str, place: str
) -> None:
    info = bad(GOOD + TABLE.replace(wrong, right))
    assert info.pack is None
    (problem,) = info.problems
    assert problem.startswith(f"good/pack.toml {place}")
    with pytest.raises(Refusal) as refused:
        campaign("open", "--pack", "good", *OPEN[2:], "--cut-off", "2011-05-31")
    assert refused.value.code == "wrong_pack"


def test_measures_are_known_by_name_and_whether_they_need_a_round() -> None:
    assert TABLE_MEASURES["members"] is False
    assert TABLE_MEASURES["leaders_reviewing"] is True
