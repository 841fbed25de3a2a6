"""A bulletin is written with figures from what is final, and goes its way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from pingyi.accounts.models import User
from pingyi.appraisals.models import Count
from pingyi.appraisals.operations.counts import reopen_count
from pingyi.bulletins.models import Bulletin, Figure
from pingyi.bulletins.operations import steps, writing
from pingyi.bulletins.queries.bulletins import records, top_of
from pingyi.bulletins.queries.figures import said_in, standing_figures
from pingyi.bulletins.rules.texts import begun, filled
from pingyi.bulletins.rules.workflow import diagram
from pingyi.campaigns.models import Campaign, Round, Unit
from pingyi.ledger.models import Entry
from tests.at_once import AtOnce, refused
from tests.bulletins.conftest import SAID
from tests.returns.desk import Desk

Written = Callable[..., Bulletin]
TEXT = "收回{annex4.collected}份，满意率{annex4.overall.satisfaction}。"


def test_figures_are_taken_from_the_signed_count(
    written: Written, counted: Count, campaign: Campaign
) -> None:
    assert records(campaign) == []
    bulletin = written(text=TEXT)
    assert filled(bulletin.text, said_in(bulletin)) == "收回11份，满意率90.0%。"
    [first, _second] = bulletin.figures.all()
    assert (first.key, first.said, first.count, first.version) == (
        "annex4.collected", "11", counted, None,
    )  # fmt: skip
    assert records(campaign) == ["通报公示"]
    assert Entry.objects.get(kind="bulletin.written").subject == "T1-1 1"


def test_what_is_not_final_is_refused_with_its_keys(written: Written) -> None:
    with refused("not_final") as refusal:
        written(text="收回{annex4.collected}份，共{annex2.total}个，{nothing}。")
    assert refusal.value.details == ("annex4.collected", "annex2.total", "nothing")


def test_figures_of_tables_stand_once_they_are_accepted(
    first_round: Round, units: dict[str, Unit], now: datetime
) -> None:
    town = Desk(first_round, units["T1"], now)
    town.sealed("annex2")
    town.submit(table="annex2")
    assert not standing_figures(first_round, units["T1"])
    town.accept(table="annex2")
    found = standing_figures(first_round, units["T1"])
    assert {key: found[key].said for key in ("annex2.total", "annex2.total.rural")} == {
        "annex2.total": "3", "annex2.total.rural": "1",
    }  # fmt: skip
    assert found["annex2.total"].source == "附件2，已接收的第 1 版"


def test_ballots_about_members_give_no_figures(
    counted: Count, first_round: Round, village: Unit
) -> None:
    Count.objects.filter(pk=counted.pk).update(form="annex5")
    assert not standing_figures(first_round, village)


@pytest.mark.parametrize("deed", ["approve", "publish"])
def test_figures_that_changed_keep_it_from_going_out(
    deed: str, written: Written, counted: Count, now: datetime
) -> None:
    bulletin = written("approved" if deed == "publish" else "draft", text=TEXT)
    reopen_count(count=counted, reason="点票有误", by=None, now=now + timedelta(hours=1))
    given: dict[str, Any] = {"approver": "陈卫东"} if deed == "approve" else {}
    with refused("figures_changed") as refusal:
        getattr(steps, deed)(bulletin=bulletin, by=None, now=now, **given)
    assert refusal.value.details == ("annex4.collected", "annex4.overall.satisfaction")


def test_what_was_approved_and_is_revised_is_approved_anew(
    written: Written, counted: Count, now: datetime
) -> None:
    bulletin = written("approved", text=TEXT)
    revised = writing.revise(
        bulletin=bulletin, said=replace(SAID, text="收回{annex4.collected}份"), by=None, now=now
    )
    assert (revised.state, revised.approver, revised.approved_at) == ("draft", "", None)
    assert list(Figure.objects.values_list("key", flat=True)) == ["annex4.collected"]
    with refused("not_now"):
        steps.publish(bulletin=revised, by=None, now=now)
    assert [step.deed for step in revised.steps.all()] == ["approve", "revise"]


def test_nobody_approves_what_they_wrote(
    written: Written, village: Unit, first_round: Round, clerk_user: User, second_clerk: User,
    branch_secretary_user: User, now: datetime,
) -> None:  # fmt: skip
    bulletin = writing.write(round_=first_round, unit=village, said=SAID, by=clerk_user, now=now)
    for user, code in ((clerk_user, "own_text"), (branch_secretary_user, "not_an_approver")):
        with refused(code):
            steps.approve(bulletin=bulletin, approver="陈卫东", by=user, now=now)
    with refused("text_missing"):
        steps.approve(bulletin=bulletin, approver=" ", by=second_clerk, now=now)
    approved = steps.approve(bulletin=bulletin, approver="陈卫东", by=second_clerk, now=now)
    assert (approved.approver, approved.approved_by) == ("陈卫东", second_clerk)


def test_whoever_answers_for_all_its_readers_approves_it(
    written: Written, second_clerk: User, office_user: User, now: datetime
) -> None:
    bulletin = written(scope="public")
    with refused("not_an_approver"):
        steps.approve(bulletin=bulletin, approver="陈卫东", by=second_clerk, now=now)
    assert steps.approve(bulletin=bulletin, approver="高远", by=office_user, now=now)


def test_scopes_are_reckoned_from_the_unit(units: dict[str, Unit]) -> None:
    found = {
        scope: top_of(scope, units["T1-1"]).code
        for scope in ("unit", "township", "county", "public")
    }
    assert found == {"unit": "T1-1", "township": "T1", "county": "X", "public": "X"}
    assert top_of("township", units["X"]) == units["X"]


def test_what_is_withdrawn_says_why(written: Written, now: datetime) -> None:
    bulletin = written("published")
    with refused("text_missing"):
        steps.withdraw(bulletin=bulletin, reason="", by=None, now=now)
    gone = steps.withdraw(bulletin=bulletin, reason="数据有误", by=None, now=now)
    assert (gone.state, gone.withdrawn_because) == ("withdrawn", "数据有误")
    with refused("not_now"):
        steps.withdraw(bulletin=gone, reason="再次", by=None, now=now)


def test_only_its_own_people_write_and_withdraw(
    written: Written, village: Unit, first_round: Round, other_clerk_user: User, member_user: User,
    now: datetime,
) -> None:  # fmt: skip
    for user in (other_clerk_user, member_user):
        who = {"by": user, "now": now}
        with refused("not_a_writer"):
            writing.write(round_=first_round, unit=village, said=SAID, **who)
        with refused("not_a_writer"):
            steps.withdraw(bulletin=written("published"), reason="无", **who)
        with refused("not_a_writer"):
            steps.publish(bulletin=written("approved"), **who)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"title": " "}, "text_missing"),
        ({"text": ""}, "text_missing"),
        ({"scope": "moon"}, "unknown_scope"),
        ({"kind": "song"}, "unknown_scope"),
    ],
)
def test_a_bulletin_has_title_text_and_scope(
    words: dict[str, str], code: str, written: Written
) -> None:
    with refused(code):
        written(**words)


def test_names_are_put_in_and_figures_stay_keys() -> None:
    assert begun("\n{unit}：{annex4.valid}", {"unit": "柳湾"}) == "柳湾：{annex4.valid}"
    assert filled("{a}与{b}", {"a": "1"}) == "1与{b}"


def test_the_way_of_a_bulletin_is_one_table() -> None:
    assert "    approved --> draft: revise (writer)\n" in diagram()


@pytest.mark.lock("steps.bulletin_locked")
def test_a_bulletin_is_published_once(at_once: AtOnce, written: Written, now: datetime) -> None:
    bulletin = written("approved")

    def publish() -> Bulletin:
        return steps.publish(bulletin=bulletin, by=None, now=now)

    with refused("not_now"):
        at_once(publish, publish)
    assert bulletin.steps.filter(deed="publish").count() == 1
