"""The county's own return: its figures are those of accepted versions, each named (N12)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.queries import pack_of
from pingyi.returns.queries.content import heads_digest
from pingyi.returns.queries.difference import ChangedChild, difference
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.returns import return_of
from pingyi.returns.queries.rolled import rolled_up
from pingyi.returns.rules.differences import ChangedCell
from pingyi.reviews.operations.consequences import withdraw_review
from tests.amending import Office
from tests.at_once import refused
from tests.cast import Register
from tests.returns.desk import RURAL, WHY, Desk, Words

INCOMPLETE = {"incomplete:annex3": "白水镇正在补录名册，明日上报"}


@pytest.fixture
def desks(reviewed: Round, units: dict[str, Any], now: datetime) -> dict[str, Desk]:
    return {code: Desk(reviewed, unit, now + timedelta(hours=1)) for code, unit in units.items()}


def send(desk: Desk, **given: Any) -> None:
    desk.sealed(**given)
    desk.submit(table="annex3")
    desk.accept(table="annex3")


def now_rolled(desk: Desk) -> Any:
    return rolled_up(Moment(desk.round), desk.unit)["annex3"]


def test_what_is_missing_wants_a_word_and_is_named(desks: dict[str, Desk]):
    top, town = desks["X"], desks["T1"]
    send(town)
    with refused("warning_unexplained") as refusal:
        top.sealed()
    assert str(refusal.value.details[0]) == "附件3：2 个单位中尚缺 1 个：没有已接收的版本。"
    version = top.sealed(words=INCOMPLETE)
    (added,) = version.content["added"]
    accepted = return_of(town.round, town.unit, "annex3").accepted
    assert added["children"] == [
        {"unit": "T1", "name": town.unit.name, "version": 1, "digest": accepted.digest}
    ]
    assert (added["missing"], added["waived"]) == (["T2"], [])
    assert version.content["cells"][RURAL]["counted"] == 3
    assert version.content["warnings"][0]["cells"] == ["annex3"]
    desks["T2"].waive(table="annex3", reason=WHY)
    again = top.sealed()
    assert (again.content["added"][0]["missing"], again.content["added"][0]["waived"]) == (
        [],
        ["T2"],
    )
    assert now_rolled(top).complete == (1, 1)


def test_what_a_child_does_not_know_blocks_nothing_and_wants_a_word(desks: dict[str, Desk]):
    """More are reviewed than there are of a kind: a child does not know how many those are."""
    top, town = desks["X"], desks["T1"]
    desks["T2"].waive(table="annex3", reason=WHY)
    town.correct(cell=RURAL, said="unknown", reason=WHY)
    send(town, words=Words())
    with refused("warning_unexplained") as refusal:
        top.sealed()
    assert [str(each) for each in refusal.value.details] == [
        "附件3 党员数 · 农村：有 1 个单位填“不详”，未计入合计。"
    ]
    version = top.sealed(words={f"unknown_below:{RURAL}": "青石镇名册被水淹，正在逐户核对"})
    assert version.content["cells"][RURAL]["said"] is None
    assert version.content["added"][0]["unknown"] == {RURAL: ["T1"]}
    top.submit(table="annex3")
    top.send_back(table="annex3", remarks={"annex3.total.school": WHY})
    town.correct(cell=RURAL, said=2, reason=WHY)
    send(town, cause="漏登记一名转出党员，现予更正")
    # Another column is open: this one is as it was, and so is what was not known of it.
    again = top.sealed(words=Words())
    assert [RURAL] in [each["cells"] for each in again.content["warnings"]]


def test_a_child_that_amends_shows_what_would_change(desks: dict[str, Desk]):
    top, town, other = desks["X"], desks["T1"], desks["T2"]
    send(town)
    version = top.sealed(words=INCOMPLETE)
    assert not difference(now_rolled(top), version)
    town.correct(cell=RURAL, said=2, reason=WHY)
    send(town, cause="漏登记一名转出党员，现予更正")
    send(other)
    found = difference(now_rolled(top), version)
    assert found.children == (
        ChangedChild("T1", town.unit.name, 1, 2), ChangedChild("T2", other.unit.name, None, 1),
    )  # fmt: skip
    assert found.cells[0] == ChangedCell(RURAL, 3, 5)
    # The sum that was said otherwise is added without its heads.
    assert now_rolled(top).cells[RURAL].unchecked == ("T1",)
    sealed = top.sealed()
    assert sealed.content["added"][0]["unchecked"] == {RURAL: ["T1"]}
    assert not difference(now_rolled(top), sealed)


def test_heads_and_parts_of_a_version_can_be_shown_again(
    desks: dict[str, Desk], campaign: Campaign, register: Register
):
    top = desks["X"]
    office = Office(campaign, register)
    for at, code in enumerate(("T1", "T2")):
        desks[code].now = top.now + timedelta(days=at)
        send(desks[code])
        office.given["now"] = top.now + timedelta(days=at, hours=3)
        # A member who stands in both versions; one who belongs to the county itself.
        office.move_person("village_member" if at == 0 else "t2_member", "T2-1" if at == 0 else "X")
    top.now += timedelta(days=3)
    first = top.sealed()
    (overlap,) = [e for e in first.content["added"][0]["overlaps"] if e["cell"] == RURAL]
    assert [each["unit"] for each in overlap["stands"]] == ["T1", "T2"]
    top.submit(table="annex3")
    top.send_back(table="annex3", remarks={RURAL: WHY})
    office.given["now"] = top.now
    office.move_person("school_member", "X")
    top.now += timedelta(days=1)
    second = top.sealed(words=Words())
    assert [each["as_of"] for each in second.content["added"]] == [
        first.content["as_of"], second.content["as_of"],
    ]  # fmt: skip
    (plan,) = [table for table in pack_of(campaign).tables if table.code == "annex3"]
    withdraw_review(review=top.round.reviews.first(), reason="录错", by=None, now=top.now)
    for version in (first, second):
        digest = heads_digest(top.round, top.unit, plan, version.content)
        assert digest == version.content["heads"]
    changed = {**second.content, "added": first.content["added"]}
    with pytest.raises(KeyError):
        heads_digest(top.round, top.unit, plan, changed)
    changed["added"] = [{**each, "missing": ["T9"]} for each in second.content["added"]]
    assert heads_digest(top.round, top.unit, plan, changed) != second.content["heads"]


def test_the_top_says_other_figures_only_of_its_own_table(desks: dict[str, Desk], clerk_user: User):
    """What was added up is what a correction of the top differs from."""
    top, town = desks["X"], desks["T1"]
    send(town)
    top.correct(cell=RURAL, said=2, reason=WHY)
    version = top.sealed(words=INCOMPLETE)
    assert version.content["cells"][RURAL]["counted"] == 3
    assert version.content["cells"][RURAL]["said"] == 2
    assert return_of(town.round, town.unit, "annex3").accepted.content["cells"][RURAL]["said"] == 3
