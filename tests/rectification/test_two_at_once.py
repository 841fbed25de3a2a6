"""Two people at the same item or the same opinion: nothing is done twice."""

from collections.abc import Callable
from datetime import datetime

import pytest

from pingyi.rectification import operations
from pingyi.rectification.models import Item
from tests.at_once import AtOnce, refused


@pytest.mark.lock("steps.locked")
def test_an_item_is_closed_off_once(
    at_once: AtOnce, item_in: Callable[..., Item], now: datetime
) -> None:
    item = item_in("reported")

    def close() -> Item:
        return operations.close(item=item, verdict="到现场查看", by=None, now=now)

    with refused("not_now"):
        at_once(close, close)
    assert item.steps.filter(deed="close").count() == 1
