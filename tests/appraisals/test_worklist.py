"""Flags wait for those above the branch; the next stage is owed by its secretary."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pingyi.accounts.models import User
from pingyi.appraisals.queries.ledger import is_in_state
from pingyi.appraisals.queries.worklist import worklist
from pingyi.campaigns.models import Round, Unit
from pingyi.core.clock import day_of
from tests.appraisals.conftest import BAD, unit_lines


def test_flags_of_a_unit_wait_in_one_line_for_those_who_decide(
    prepared: Callable[..., Any],
    signed: Callable[..., Any],
    village: Unit,
    first_round: Round,
    now: datetime,
    secretary_user: User,
    inspector_user: User,
) -> None:
    assert not worklist(secretary_user, first_round, day_of(now)).waiting
    signed(prepared(village), unit_lines(BAD))
    [item] = worklist(secretary_user, first_round, day_of(now)).waiting
    assert (item.for_whom, item.due_on, item.state) == ("柳湾村党支部", None, "todo")
    assert item.what == "2 项待决定：党组织满意率低于60%、不满意率超过三分之一"
    assert item.url.endswith("/cx2011/first/T1-1/result/#flags")
    assert not worklist(inspector_user, first_round, day_of(now)).waiting


def test_without_a_round_nothing_is_owed_and_nothing_waits(
    now: datetime, secretary_user: User
) -> None:
    found = worklist(secretary_user, None, day_of(now))
    assert not [*found.owed, *found.waiting]


def test_all_that_waits_is_found_on_one_page(
    prepared: Callable[..., Any],
    signed: Callable[..., Any],
    village: Unit,
    units: dict[str, Unit],
    first_round: Round,
) -> None:
    signed(prepared(village), unit_lines(BAD))
    found = first_round.campaign.units.filter(is_in_state(first_round, "undecided"))
    assert [unit.code for unit in found] == ["T1-1"]
