"""Deeds on the returns of one unit, as one person."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.core.clock import day_of
from pingyi.returns.enums import ReturnState
from pingyi.returns.models import Version
from pingyi.returns.operations import sealing, sending
from pingyi.returns.queries.returns import return_of

FOOT = {"负责人": "陈卫东", "填表人": "何静", "联系电话": "0730-5550101"}
WHY = "名册中一名党员六月已转出，尚未登记"
RURAL = "annex3.total.rural"


class Words(dict[str, str]):
    """A word for every warning."""

    def __bool__(self) -> bool:
        return True

    def get(self, *_key: Any) -> str:
        return WHY

    __getitem__ = get


class Desk:
    """Deeds on the returns of one unit, as one person."""

    def __init__(self, round_: Round, unit: Any, now: datetime, by: User | None = None) -> None:
        self.round, self.unit, self.now, self.by = round_, unit, now, by

    def __getattr__(self, deed: str) -> Any:
        where = sealing if hasattr(sealing, deed) else sending
        given = {"round_": self.round, "unit": self.unit, "by": self.by, "now": self.now}
        return partial(getattr(where, deed), **given)

    def sealed(self, table: str = "annex3", **changes: Any) -> Version:
        given = {"filled_on": day_of(self.now), "foot": FOOT, **changes}
        version: Version = self.seal(table=table, **given)
        return version

    def state(self, table: str = "annex3") -> str:
        found = return_of(self.round, self.unit, table)
        return found.state if found else ReturnState.OPEN


@pytest.fixture
def town(reviewed: Round, units: dict[str, Any], clerk_user: User, now: datetime) -> Desk:
    return Desk(reviewed, units["T1"], now + timedelta(hours=1), clerk_user)


@pytest.fixture
def county(town: Desk, office_user: User) -> Desk:
    return Desk(town.round, town.unit, town.now, office_user)
