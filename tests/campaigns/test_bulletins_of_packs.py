"""What the texts of bulletins name is there in the pack; what is not is said with its key."""

import pytest

from pingyi.campaigns.queries.packs import known_packs
from pingyi.campaigns.rules.figures import figures_of
from pingyi.campaigns.rules.pack import keys_in
from pingyi.campaigns.rules.reading import parse_pack
from tests.campaigns.test_problems_of_packs import WHOLE, found_in

OF_ORGANIZATIONS = WHOLE.replace('subject = "member"', 'subject = "organization"')
BULLETIN = """
[[bulletins]]
code = "result"
label = "结果"
title = "关于{unit}的通报"
text = "有效{sheet.valid}，满意率{sheet.overall.yes_rate}，党员{t.r}，其中甲{t.r.a}。"
"""


def test_texts_name_cells_rows_sums_answers_and_rates() -> None:
    [plan] = parse_pack(OF_ORGANIZATIONS + BULLETIN).bulletins
    assert (plan.kind, plan.round) == ("bulletin", None)
    assert keys_in(plan.text) == ["sheet.valid", "sheet.overall.yes_rate", "t.r", "t.r.a"]
    assert keys_in("{a} {b c} {a}") == ["a"]


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ("{t.r.a}", "{t.r.z}", "bulletins.result.text"),
        ("{unit}", "{county}", "bulletins.result.title"),
        ("{sheet.valid}", "{other}", "bulletins.result.text"),
        ('label = "结果"', 'label = "结果"\nround = "third"', "bulletins.result.round"),
    ],
)
def test_what_is_not_there_is_said(right: str, wrong: str, key: str) -> None:
    [problem] = found_in((OF_ORGANIZATIONS + BULLETIN).replace(right, wrong))
    assert (problem.key, problem.code) == (key, "not_defined")


def test_of_a_title_that_is_no_text_only_that_is_said() -> None:
    [problem] = found_in(OF_ORGANIZATIONS + BULLETIN.replace('"关于{unit}的通报"', "3"))
    assert (problem.key, problem.code) == ("bulletins.result.title", "not_text")


def test_ballots_about_members_give_no_figures() -> None:
    """Whoever publishes them would publish a list of people by their votes."""
    data = {
        "appraisal": {"forms": [{"code": "m", "subject": "member", "items": [{"code": "overall"}]}]}
    }
    assert figures_of(data) == []


def test_our_packs_have_texts_for_each_round() -> None:
    [pack] = [info.pack for info in known_packs() if info.code == "chuangxian-2011" and info.pack]
    assert {plan.round for plan in pack.bulletins} == {None, "first", "second"}
    assert {plan.kind for plan in pack.bulletins} == {"bulletin", "notice"}
