"""What came back and is sent again: unchanged it wants a word, and the reviewer sees both (N12)."""

import pytest

from pingyi.campaigns.queries import pack_of
from pingyi.returns.models import Return
from pingyi.returns.queries.board import is_clean
from pingyi.returns.queries.pages import sealed_paper, stands_out
from tests.at_once import refused
from tests.returns.desk import RURAL, WHY, Desk, county, town

__all__ = ["county", "town"]

SCHOOL = "annex3.total.school"
ASKED = "与上月党员统计表相差一人，请核对名册后再报"
SENTENCE = f"{ASKED}。"


@pytest.fixture
def returned(town: Desk, county: Desk) -> Desk:
    town.sealed()
    town.submit(table="annex3")
    county.send_back(table="annex3", remarks={RURAL: ASKED, SCHOOL: WHY})
    return town


def lines(desk: Desk) -> list[tuple[str, str]]:
    """What the reviewer looks at first."""
    row = Return.objects.select_related("latest", "round__campaign", "unit").get(table="annex3")
    row.round, row.unit = desk.round, desk.unit
    plan = next(each for each in pack_of(desk.round.campaign).tables if each.code == "annex3")
    return [(each.cell, each.text) for each in stands_out(sealed_paper(plan, row, row.latest))]


def test_what_was_sent_back_and_stays_as_it_was_wants_a_word(returned: Desk) -> None:
    returned.correct(cell=SCHOOL, said=1, reason=WHY)
    with refused("warning_unexplained") as refusal:
        returned.sealed()
    assert [str(each) for each in refusal.value.details] == [
        "附件3 党员数 · 农村：退回后没有改动，仍是 3。"
    ]
    word = {f"as_sent_back:{RURAL}": "上月统计表漏计一名预备党员，本表以名册为准"}
    returned.sealed(words=word)
    returned.submit(table="annex3")
    assert not is_clean(Return.objects.select_related("latest").get(table="annex3"))
    found = dict(lines(returned)[:2])
    assert found[RURAL] == f"退回原因：{ASKED}。退回时为 3，现仍为 3。"
    assert found[SCHOOL] == f"退回原因：{WHY}。退回时为 2，现改为 1。"
    assert (RURAL, f"说明：{word[f'as_sent_back:{RURAL}']}") in lines(returned)


def test_what_was_changed_wants_none_and_is_shown_beside_the_reason(returned: Desk) -> None:
    returned.correct(cell=RURAL, said=2, reason=WHY)
    returned.correct(cell=SCHOOL, said="unknown", reason=WHY)
    returned.sealed(words={f"unknown:{SCHOOL}": WHY})
    assert lines(returned)[:2] == [
        (RURAL, f"退回原因：{ASKED}。退回时为 3，现改为 2。"),
        (SCHOOL, f"退回原因：{WHY}。退回时为 2，现改为 不详。"),
    ]


def test_sent_back_as_a_whole_it_wants_a_word_where_no_figure_changed(
    town: Desk, county: Desk
) -> None:
    town.sealed()
    town.submit(table="annex3")
    county.send_back(table="annex3", remarks={"": SENTENCE})
    with refused("warning_unexplained") as refusal:
        town.sealed()
    assert [str(each) for each in refusal.value.details] == ["附件3：退回后没有改动任何数字。"]
    town.sealed(words={"as_sent_back:annex3": "已与上月统计表逐人核对，差异系预备党员转入"})
    assert lines(town)[0] == ("", f"退回原因：{ASKED}。数字没有改动。")
    town.correct(cell=SCHOOL, said=1, reason=WHY)
    town.sealed()
    assert lines(town)[0] == ("", f"退回原因：{ASKED}。改动 1 个数字。")


def test_an_amendment_is_not_held_against_what_came_back_before_it_was_accepted(
    returned: Desk, county: Desk
) -> None:
    returned.correct(cell=RURAL, said=2, reason=WHY)
    returned.correct(cell=SCHOOL, said=1, reason=WHY)
    returned.sealed()
    returned.submit(table="annex3")
    county.accept(table="annex3")
    returned.correct(cell=RURAL, said=3, reason=WHY)
    returned.sealed(cause="漏报一名转出党员，现予更正")
    assert not [text for _cell, text in lines(returned) if "退回" in text]
