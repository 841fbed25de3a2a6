"""Sealed, submitted, withdrawn, accepted, sent back by cell, amended; extended and waived (N12)."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.operations.cancelling import cancel_campaign
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.ledger.queries import verify
from pingyi.returns.models import Return, Version
from pingyi.returns.queries.content import digest_of_heads, heads_of
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.returns import owed_by, return_of, versions_of
from pingyi.returns.rules.cells import from_json
from pingyi.returns.rules.signing import digest_of, is_genuine
from pingyi.reviews.operations.consequences import withdraw_review
from tests.at_once import refused
from tests.returns.desk import FOOT, RURAL, WHY, Desk, county, town

__all__ = ["county", "town"]


def test_a_version_keeps_figures_and_heads_of_its_moment(town: Desk) -> None:
    version = town.sealed()
    said = from_json(version.content["cells"])
    assert (said[RURAL].counted, said[RURAL].said) == (3, 3)
    assert said["annex3.reviewed_first.rural"].said == 1
    assert said["annex3.reviewed_second.rural"].said is None
    assert version.content["foot"] == FOOT
    assert (version.number, version.content["version"], town.state()) == (1, 1, "sealed")
    # A review withdrawn a month later changes neither.
    review = town.round.reviews.get(participant__unit__code="T1-1")
    withdraw_review(
        review=review, reason="点评记录与实际不符", by=None, now=town.now + timedelta(days=30)
    )
    plan = next(t for t in owed_by(town.round, [town.unit]) if t.table.code == "annex3").table
    heads = heads_of(Moment(town.round, version.sealed_at), town.unit, plan)
    assert digest_of_heads(heads) == version.content["heads"]
    today = heads_of(Moment(town.round), town.unit, plan)
    assert digest_of_heads(today) != version.content["heads"]


def test_it_is_signed_and_the_ledger_vouches_for_it(town: Desk) -> None:
    version = town.sealed()
    version.refresh_from_db()
    content = version.content
    assert version.digest == digest_of(content)
    assert is_genuine(content, version.signature, version.public_key)
    cells = {**content["cells"], RURAL: {"counted": 3, "said": 4, "reason": ""}}
    assert not is_genuine({**content, "cells": cells}, version.signature, version.public_key)
    assert not is_genuine(content, "00", version.public_key)
    line = Entry.objects.filter(kind="return.sealed").get()
    assert line.subject == "T1 first annex3"
    assert json.loads(line.body.content)["digest"] == version.digest
    Version.objects.update(digest="0" * 64)
    assert not verify().is_whole


def test_the_whole_way(town: Desk, county: Desk) -> None:
    first = town.sealed()
    town.submit(table="annex3")
    town.withdraw(table="annex3")
    assert town.state() == "sealed"
    town.submit(table="annex3")
    county.send_back(table="annex3", remarks={RURAL: WHY})
    assert town.state() == "sent_back"
    town.correct(cell=RURAL, said=2, reason=WHY)
    second = town.sealed()
    assert from_json(second.content["cells"])[RURAL].said == 2
    town.submit(table="annex3")
    county.accept(table="annex3")
    found = return_of(town.round, town.unit, "annex3")
    assert found is not None
    assert (found.state, found.accepted, found.latest) == ("accepted", second, second)
    versions = versions_of(found)
    assert [v.number for v in versions] == [2, 1]
    assert [(r.cell, r.reason) for r in versions[1].remarks.all()] == [(RURAL, WHY)]
    assert first.pk == versions[1].pk
    kinds = Entry.objects.filter(kind__startswith="return.").order_by("seq")
    assert [kind.removeprefix("return.") for kind in kinds.values_list("kind", flat=True)] == [
        "sealed", "submitted", "withdrawn", "submitted", "sent_back", "corrected", "sealed",
        "submitted", "accepted",
    ]  # fmt: skip
    assert verify().is_whole


def test_only_what_was_sent_back_opens_again(town: Desk, county: Desk) -> None:
    town.correct(cell="annex3.total.school", said=1, reason=WHY)
    town.sealed()
    town.submit(table="annex3")
    county.send_back(table="annex3", remarks={RURAL: WHY})
    with refused("cell_is_closed"):
        town.correct(cell="annex3.total.school", said=2, reason=WHY)
    town.correct(cell="annex3.reviewed_first.rural", said=0, reason=WHY)
    town.correct(cell=RURAL, said=2, reason=WHY)
    cells = from_json(town.sealed().content["cells"])
    assert (cells[RURAL].said, cells["annex3.total.school"].said) == (2, 1)
    # Sealed once more before it is sent, the others are still closed.
    with refused("cell_is_closed"):
        town.correct(cell="annex3.total.school", said=2, reason=WHY)


def test_sent_back_as_a_whole_all_of_it_opens(town: Desk, county: Desk) -> None:
    town.sealed()
    town.submit(table="annex3")
    county.send_back(table="annex3", remarks={"": "填报时间与通知要求不符，请重新填报"})
    town.correct(cell="annex3.total.school", said=1, reason=WHY)
    assert from_json(town.sealed().content["cells"])["annex3.total.school"].said == 1


def test_an_amendment_says_its_cause_and_what_was_accepted_stands(town: Desk, county: Desk) -> None:
    first = town.sealed()
    town.submit(table="annex3")
    county.accept(table="annex3")
    with refused("reason_says_nothing"):
        town.sealed(cause="核实无误")
    town.correct(cell=RURAL, said=2, reason=WHY)
    second = town.sealed(cause="漏报一名转出党员，现予更正")
    found = return_of(town.round, town.unit, "annex3")
    assert found is not None
    assert (found.state, found.latest, found.accepted) == ("sealed", second, first)
    assert second.cause == "漏报一名转出党员，现予更正"


def test_a_figure_that_is_said_otherwise_needs_a_reason_and_goes_when_taken_back(
    town: Desk,
) -> None:
    for reason in ("", "核实无误", "已核实。", "好好好好好好"):
        with refused("reason_says_nothing"):
            town.correct(cell=RURAL, said=2, reason=reason)
    for said in (-1, 10**9, "many", True):
        with refused("no_such_value"):
            town.correct(cell=RURAL, said=said, reason=WHY)
    with refused("too_long"):
        town.correct(cell=RURAL, said=2, reason=WHY * 30)
    with refused("unknown_cell"):
        town.correct(cell="annex3.total.moon", said=2, reason=WHY)
    town.correct(cell=RURAL, said=2, reason=WHY)
    assert [c.said for c in Return.objects.get().corrections.all()] == [2]
    town.correct(cell=RURAL, said=3, reason="")
    town.correct(cell=RURAL, said=3, reason="")
    assert not Return.objects.get().corrections.exists()
    assert verify().is_whole


@pytest.mark.parametrize("word", ["nil", "not_applicable"])
def test_words_are_kept_apart_from_zero_and_blank(town: Desk, word: str) -> None:
    town.correct(cell=RURAL, said=word, reason=WHY)
    town.correct(cell="annex3.reviewed_first.rural", said=0, reason=WHY)
    cells = from_json(town.sealed().content["cells"])
    assert (cells[RURAL].said, cells["annex3.reviewed_first.rural"].said) == (word, 0)
    assert cells["annex3.total.community"].said is None


def test_errors_block_and_all_are_told(town: Desk) -> None:
    town.correct(cell="annex3.reviewed_first.rural", said=4, reason=WHY)
    town.correct(cell="annex3.reviewed_second.rural", said=1, reason=WHY)
    town.correct(cell="annex3.total.school", said=9, reason=WHY)
    town.correct(cell="annex3.total.government", said=None, reason=WHY)
    with refused("check_failed") as failed:
        town.sealed()
    assert len(failed.value.details) == 4
    assert any("附件3 已被点评党员数 第一次 · 农村" in str(each) for each in failed.value.details)


def test_warnings_want_a_word(town: Desk, now: datetime) -> None:
    town.correct(cell=RURAL, said="unknown", reason=WHY)
    with refused("warning_unexplained"):
        town.sealed()
    key = f"unknown:{RURAL}"
    with refused("reason_says_nothing"):
        town.sealed(words={key: "核实无误"})
    version = town.sealed(words={key: "村里名册被水淹，正在补录"})
    assert version.content["warnings"] == [
        {"code": "unknown", "cells": [RURAL], "word": "村里名册被水淹，正在补录"}
    ]


def test_what_the_notice_asks_across_tables(town: Desk) -> None:
    """As many secretaries of other organizations as organizations."""
    town.correct(cell="annex2.total.government", said=0, reason=WHY)
    for table in ("annex1", "annex2"):
        with refused("warning_unexplained") as failed:
            town.sealed(table)
        assert "其它基层党组织书记" in str(failed.value.details)
        assert str(failed.value.details[0]).endswith("3与2。")
    town.correct(cell="annex2.total.government", said=1, reason=WHY)
    assert town.sealed("annex1").content["warnings"] == []


@pytest.mark.parametrize(
    ("foot", "code"),
    [({}, "foot_missing"), ({**FOOT, "填表人": " "}, "foot_missing"),
     ({**FOOT, "审核人": "某人"}, "unknown_label")],
)  # fmt: skip
def test_somebody_answers_for_it(town: Desk, foot: dict[str, str], code: str) -> None:
    with refused(code):
        town.sealed(foot=foot)


def test_a_table_that_the_pack_does_not_have(town: Desk, county: Desk) -> None:
    for deed in (
        lambda: town.sealed("annex9"),
        lambda: town.correct(cell="annex9.total.rural", said=2, reason=WHY),
    ):
        with refused("no_such_table"):
            deed()
    with refused("no_such_table"):
        county.waive(table="annex9", reason=WHY)
    assert not Return.objects.exists()


def test_what_is_not_owed_cannot_be_sealed(
    town: Desk, units: dict[str, Any], another_round: Round
) -> None:
    with refused("owes_nothing"):
        Desk(town.round, units["T1-1"], town.now).sealed()
    with refused("round_not_begun"):
        Desk(another_round, town.unit, town.now).sealed()
    Campaign.objects.update(state="closed")
    with refused("campaign_closed"):
        Desk(town.round, town.unit, town.now).sealed()


def test_a_superior_neither_alters_nor_sends_what_a_unit_reports(
    town: Desk, county: Desk, other_clerk_user: User, secretary_user: User
) -> None:
    for user in (county.by, other_clerk_user, secretary_user):
        desk = Desk(town.round, town.unit, town.now, user)
        for deed, given in {
            "correct": {"cell": RURAL, "said": 2, "reason": WHY},
            "sealed": {},
            "submit": {"table": "annex3"},
            "withdraw": {"table": "annex3"},
        }.items():
            with refused("not_the_sender"):
                getattr(desk, deed)(**given)
    for deed in (
        lambda: town.accept(table="annex3"),
        lambda: town.send_back(table="annex3", remarks={"": WHY}),
        lambda: town.waive(table="annex3", reason=WHY),
        lambda: town.claim(table="annex3"),
        lambda: town.extend(table="annex3", until=date(2011, 7, 5), reason=WHY),
    ):
        with refused("not_the_receiver"):
            deed()
    assert not Return.objects.exists()


def test_the_top_of_the_tree_answers_for_its_own(
    town: Desk, units: dict[str, Any], office_user: User
) -> None:
    top = Desk(town.round, units["X"], town.now, office_user)
    top.sealed(words={"incomplete:annex3": "两个乡镇尚在核对名册，随后补报"})
    top.submit(table="annex3")
    top.accept(table="annex3")
    assert top.state() == "accepted"


def test_nothing_out_of_turn(town: Desk, county: Desk) -> None:
    with refused("not_in_this_state"):
        town.submit(table="annex3")
    town.sealed()
    for deed in ("accept", "claim"):
        with refused("not_in_this_state"):
            getattr(county, deed)(table="annex3")
    town.submit(table="annex3")
    with refused("not_in_this_state"):
        town.sealed()
    county.accept(table="annex3")
    with refused("not_in_this_state"):
        town.withdraw(table="annex3")


def test_what_is_sent_back_says_why(town: Desk, county: Desk) -> None:
    town.sealed()
    town.submit(table="annex3")
    with refused("no_remark"):
        county.send_back(table="annex3", remarks={})
    with refused("unknown_cell"):
        county.send_back(table="annex3", remarks={"annex3.total.moon": WHY})
    with refused("reason_says_nothing"):
        county.send_back(table="annex3", remarks={RURAL: "核实"})


def test_days_are_extended_and_duties_waived_with_a_reason(town: Desk, county: Desk) -> None:
    def owed() -> Any:
        return next(o for o in owed_by(town.round, [town.unit]) if o.table.code == "annex3")

    assert (owed().due_on, owed().state) == (date(2011, 6, 28), "open")
    assert owed().lateness(date(2011, 6, 29)) == "late"
    for until in (date(2011, 5, 1), date(2011, 6, 28)):
        with refused("no_later_day"):
            county.extend(table="annex3", until=until, reason=WHY)
    with refused("reason_says_nothing"):
        county.extend(table="annex3", until=date(2011, 7, 5), reason="同意")
    county.extend(table="annex3", until=date(2011, 7, 5), reason=WHY)
    assert owed().due_on == date(2011, 7, 5)
    with refused("reason_says_nothing"):
        county.waive(table="annex3", reason="")
    county.waive(table="annex3", reason="该镇正在换届，本轮不报")
    assert (owed().state, owed().lateness(date(2011, 8, 1))) == ("waived", None)
    with refused("not_in_this_state"):
        town.sealed()
    county.claim(table="annex3")
    assert owed().state == "open"
    assert owed().found.extended_because == WHY
    county.waive(table="annex2", reason="该镇正在换届，本轮不报")
    county.claim(table="annex2")
    assert return_of(town.round, town.unit, "annex2").waived_because == ""
    assert verify().is_whole


def test_reporting_units_and_the_top_owe_every_table(town: Desk, units: dict[str, Any]) -> None:
    found = owed_by(town.round, units.values())
    assert [(o.unit.code, o.table.code) for o in found if o.unit.code != "T2"] == [
        (code, table) for code in ("X", "T1") for table in ("annex1", "annex2", "annex3")
    ]
    assert {o.due_on for o in found if o.unit.code == "X"} == {date(2011, 6, 30)}


def test_a_campaign_with_one_is_not_cancelled(town: Desk) -> None:
    town.sealed()
    with pytest.raises(Refusal, match="统计表的填报"):
        cancel_campaign(campaign=town.round.campaign, reason="基准日选错", by=None, now=town.now)
