"""Two who bind or unbind, and two who read, at the same moment (PostgreSQL)."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from pingyi.mailbox.models import BoundAddress, Mail
from pingyi.mailbox.operations.binding import bind_address, unbind_address
from pingyi.mailbox.operations.handling import handle
from pingyi.mailbox.operations.imap import Arrived
from pingyi.notifications.models import Letter
from pingyi.returns.models import Intake, Version
from tests.at_once import AtOnce, refused
from tests.cast import Register
from tests.mailbox.conftest import NOBODY, TOWN, written
from tests.returns.conftest import reviewed
from tests.returns.desk import Desk, town
from tests.returns.filling import filled

__all__ = ["reviewed", "town"]


@pytest.mark.lock("binding.unbind_address")
def test_an_address_is_unbound_once(
    at_once: AtOnce, bound: dict[str, BoundAddress], now: datetime
) -> None:
    unbind = partial(unbind_address, bound=bound[TOWN], by=None, now=now)
    with refused("not_bound"):
        at_once(unbind, unbind)


@pytest.mark.lock("binding.unbind_address")
def test_an_address_is_bound_to_one_unit(
    at_once: AtOnce, register: Register, now: datetime
) -> None:
    given: dict[str, Any] = {"address": TOWN, "by": None, "now": now}
    with pytest.raises(IntegrityError):
        at_once(
            partial(bind_address, organization=register.t1, **given),
            partial(bind_address, organization=register.t2, **given),
        )


@pytest.mark.lock("taking.taken")
def test_an_e_mail_that_two_read_is_done_once(
    at_once: AtOnce, bound: dict[str, BoundAddress], town: Desk, now: datetime, settings: Any,
    tmp_path: Any,
) -> None:  # fmt: skip
    settings.MEDIA_ROOT, settings.MAIL = tmp_path, None
    for sender, count in ((NOBODY, 1), (TOWN, 2)):
        content = written(sender, ("统计表.xlsx", filled(town))).as_bytes()
        arrived = Arrived("1", content, len(content), now)
        read = partial(handle, arrived, lambda _most, content=content: content, now)
        assert at_once(read, read) is None
        assert Mail.objects.count() == Letter.objects.count() == count
    assert Intake.objects.count() == 1
    assert Version.objects.count() == 3
