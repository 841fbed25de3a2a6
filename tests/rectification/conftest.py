from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from pingyi.appraisals.models import Appraisal, Count, Opinion
from pingyi.appraisals.operations import add_opinion
from pingyi.campaigns.models import Round, Unit
from pingyi.rectification import operations
from pingyi.rectification.enums import ItemState
from pingyi.rectification.models import Item
from tests.appraisals.conftest import plain, prepared, signed, typed

__all__ = ["plain", "prepared", "signed", "typed"]

Prepared = Callable[..., Appraisal]
Signed = Callable[..., Count]
DUE = date(2011, 7, 15)
PLAN = {"responsible": "王大山", "measure": "组织劳力清淤三公里", "due_on": DUE}
REPORT = {"outcome": "六月二十日清淤完毕", "evidence": "村务公开栏照片六张"}


@pytest.fixture
def village(units: dict[str, Unit]) -> Unit:
    return units["T1-1"]


@pytest.fixture
def said(first_round: Round, now: datetime, prepared: Prepared) -> Callable[..., Opinion]:
    """An opinion on a unit."""

    def made(unit: Unit, text: str) -> Opinion:
        appraisal = Appraisal.objects.filter(unit=unit).first() or prepared(unit)
        return add_opinion(appraisal=appraisal, text=text, by=None, now=now)

    return made


@pytest.fixture
def item_in(village: Unit, now: datetime) -> Callable[..., Item]:
    """An item of the village, brought into a state."""

    def made(state: str, unit: Unit = village, problem: str = "水渠淤塞无人清理") -> Item:
        who: dict[str, Any] = {"by": None, "now": now}
        item = operations.register_item(unit=unit, problem=problem, **who)
        if state == ItemState.REGISTERED:
            return item
        item = operations.assign(item=item, **PLAN, **who)
        if state == ItemState.ASSIGNED:
            return item
        item = operations.report(item=item, **REPORT, **who)
        if state == ItemState.REPORTED:
            return item
        if state == ItemState.REOPENED:
            return operations.reopen(item=item, reason="下游仍不通水", **who)
        return operations.close(item=item, verdict="到现场查看", **who)

    return made
