"""A sender that ends at any point loses nothing and sends nothing twice.

With kill -9 and another process: scripts/crash-outbox.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.mail.backends.smtp import EmailBackend

from pingyi.notifications.enums import DeliveryState
from pingyi.notifications.models import Delivery
from pingyi.notifications.operations.send import send_waiting
from tests.notifications.conftest import PostOffice


class Killed(BaseException):
    """What nobody catches."""


def before(ends: Callable[..., Any]) -> Callable[..., Any]:
    def kill(*_arguments: Any) -> None:
        raise Killed

    return kill


def after(ends: Callable[..., Any]) -> Callable[..., Any]:
    def kill(*arguments: Any) -> None:
        ends(*arguments)
        raise Killed

    return kill


@pytest.mark.parametrize(
    ("at", "moment", "doubtful"),
    [
        ("open", before, 0),
        ("open", after, 0),
        ("send_messages", before, 1),
        ("send_messages", after, 1),
    ],
)
def test_at_most_one_is_in_doubt_and_none_arrives_twice(
    at: str,
    moment: Callable[..., Any],
    doubtful: int,
    write: Callable[..., set[int]],
    post_office: PostOffice,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("one", "two", "three")
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, at, moment(getattr(EmailBackend, at)))
        with pytest.raises(Killed):
            send_waiting(now=now)
    assert send_waiting(now=now)[DeliveryState.SENT] == 3 - doubtful
    assert send_waiting(now=now).counts == {}
    states = dict(Delivery.objects.values_list("name", "state"))
    in_doubt = [name for name, state in states.items() if state == DeliveryState.DOUBTFUL]
    assert len(in_doubt) == doubtful
    got = {name: post_office.ids.count(f"<{name}@pingyi.example>") for name in states}
    assert max(got.values()) == 1
    assert all(got[name] == 1 for name in states if name not in in_doubt)
