from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.appraisals.models import Appraisal, Count
from pingyi.bulletins.enums import BulletinState
from pingyi.bulletins.models import Bulletin
from pingyi.bulletins.operations import steps, writing
from pingyi.bulletins.operations.writing import Said
from pingyi.campaigns.models import Round, Unit
from tests.appraisals.conftest import plain, prepared, signed, typed, unit_lines
from tests.cast import Register, user_with

__all__ = ["plain", "prepared", "signed", "typed"]

SAID = Said(title="关于评议情况的通报", text="本支部评议已经结束。", scope="unit")


@pytest.fixture
def village(units: dict[str, Unit]) -> Unit:
    return units["T1-1"]


@pytest.fixture
def counted(
    prepared: Callable[..., Appraisal], signed: Callable[..., Count], village: Unit
) -> Count:
    """A signed count of the village: ten valid, nine of them satisfied in some degree."""
    return signed(prepared(village), unit_lines())


@pytest.fixture
def written(first_round: Round, village: Unit, now: datetime) -> Callable[..., Bulletin]:
    """A bulletin of the village, brought into a state; other words by their names."""

    def made(state: str = "draft", unit: Unit = village, **words: Any) -> Bulletin:
        who: dict[str, Any] = {"by": None, "now": now}
        said = replace(SAID, **words)
        bulletin = writing.write(round_=first_round, unit=unit, said=said, **who)
        if state == BulletinState.DRAFT:
            return bulletin
        bulletin = steps.approve(bulletin=bulletin, approver="陈卫东", **who)
        if state == BulletinState.APPROVED:
            return bulletin
        bulletin = steps.publish(bulletin=bulletin, **who)
        if state == BulletinState.PUBLISHED:
            return bulletin
        return steps.withdraw(bulletin=bulletin, reason="数据有误", **who)

    return made


@pytest.fixture
def second_clerk(register: Register, now: datetime) -> User:
    """Somebody else who writes and decides in the first township."""
    return user_with("second-clerk", Role.CLERK, register.t1, now)
