"""Assigned, reported, closed off by the superior, reopened: in this order, by these two sides."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.campaigns.models import Unit
from pingyi.rectification import operations
from pingyi.rectification.enums import ItemDeed, ItemState
from pingyi.rectification.models import Item
from pingyi.rectification.operations.steps import assign_many
from pingyi.rectification.permissions import why_not_do
from pingyi.rectification.rules.workflow import MOVES, OWNERS, Side, diagram
from tests.at_once import refused
from tests.cast import Register, user_with
from tests.rectification.conftest import DUE, PLAN, REPORT

ItemIn = Callable[..., Item]


def test_the_way_of_an_item(
    item_in: ItemIn, secretary_user: User, branch_secretary_user: User, now: datetime
) -> None:
    item = item_in("registered")
    item = operations.assign(item=item, **PLAN, by=secretary_user, now=now)
    assert (item.state, item.responsible, item.due_on) == ("assigned", "王大山", DUE)
    item = operations.report(item=item, **REPORT, by=branch_secretary_user, now=now)
    assert (item.state, item.reported_by) == ("reported", branch_secretary_user)
    item = operations.reopen(item=item, reason="下游仍不通水", by=secretary_user, now=now)
    assert (item.state, item.times_reopened) == ("reopened", 1)
    item = operations.report(item=item, **REPORT, by=branch_secretary_user, now=now)
    item = operations.close(
        item=item, verdict="到现场查看", asked_again=9, pleased=8, by=secretary_user, now=now
    )
    assert (item.state, item.pleased, item.closed_on) == ("closed", 8, now.date())
    item = operations.reopen(item=item, reason="雨后又淤塞", by=secretary_user, now=now)
    assert (item.closed_on, item.asked_again, item.times_reopened) == (None, None, 2)
    assert [step.deed for step in item.steps.all()] == [
        "assign", "report", "reopen", "report", "close", "reopen",
    ]  # fmt: skip


def test_its_owner_alone_never_closes_it(
    item_in: ItemIn, branch_secretary_user: User, clerk_user: User, now: datetime
) -> None:
    item = item_in("assigned")
    item = operations.report(item=item, **REPORT, by=clerk_user, now=now)
    with refused("own_report"):
        operations.close(item=item, verdict="好", by=clerk_user, now=now)
    with refused("not_the_superior"):
        operations.close(item=item, verdict="好", by=branch_secretary_user, now=now)


def test_whoever_answers_for_the_unit_itself_is_not_its_superior(
    item_in: ItemIn, register: Register, clerk_user: User, units: dict[str, Unit], now: datetime
) -> None:
    item = item_in("registered", unit=units["T1"])
    with refused("not_the_superior"):
        operations.assign(item=item, **PLAN, by=clerk_user, now=now)
    office = user_with("office-x", Role.OFFICE, register.county, now)
    assert operations.assign(item=item, **PLAN, by=office, now=now).state == "assigned"
    # Nobody is above the top.
    top = item_in("registered", unit=units["X"])
    assert operations.assign(item=top, **PLAN, by=office, now=now).state == "assigned"


def test_others_do_not_report(item_in: ItemIn, other_clerk_user: User, now: datetime) -> None:
    with refused("not_the_owner"):
        operations.report(item=item_in("assigned"), **REPORT, by=other_clerk_user, now=now)


@pytest.mark.parametrize("state", ItemState.values)
@pytest.mark.parametrize("deed", ItemDeed)
def test_each_deed_begins_where_the_table_says(state: str, deed: ItemDeed, item_in: ItemIn) -> None:
    refusal = why_not_do(None, item_in(state), deed)
    if state in MOVES[deed].begins:
        assert refusal is None
    else:
        assert refusal is not None
        assert refusal.code == "not_now"


@pytest.mark.parametrize(
    ("state", "deed", "given", "code"),
    [
        ("registered", "assign", {**PLAN, "responsible": " "}, "text_missing"),
        ("registered", "assign", {**PLAN, "due_on": date(2011, 5, 31)}, "day_past"),
        ("assigned", "report", {**REPORT, "evidence": " "}, "evidence_missing"),
        ("assigned", "report", {**REPORT, "outcome": " "}, "text_missing"),
        ("reported", "close", {"verdict": ""}, "text_missing"),
        (
            "reported",
            "close",
            {"verdict": "好", "asked_again": 3, "pleased": 4},
            "more_satisfied_than_asked",
        ),
        ("reported", "close", {"verdict": "好", "pleased": 1}, "more_satisfied_than_asked"),
        ("closed", "reopen", {"reason": ""}, "text_missing"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    state: str, deed: str, given: dict[str, Any], code: str, item_in: ItemIn, now: datetime
) -> None:
    item = item_in(state)
    with refused(code):
        getattr(operations, deed)(item=item, **given, by=None, now=now)
    item.refresh_from_db()
    assert item.state == state


def test_it_is_always_somebodys_turn_until_it_is_closed() -> None:
    assert [state for state, side in OWNERS.items() if side is None] == [ItemState.CLOSED]
    assert {move.side for move in MOVES.values()} == set(Side)
    assert "assigned --> reported: report (owner)" in diagram()


def test_what_is_assigned_is_changed_alone(item_in: ItemIn, now: datetime) -> None:
    with refused("assigned_already"):
        assign_many(items=[item_in("assigned")], **PLAN, by=None, now=now)


def test_of_none_nothing_is_assigned(db: None, now: datetime) -> None:
    with refused("nothing_chosen"):
        assign_many(items=[], **PLAN, by=None, now=now)
