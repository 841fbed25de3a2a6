"""Whoever reads the mailbox and ends at any point loses nothing and does nothing twice.

With kill -9 and another process: scripts/kill-mail.
"""

from collections.abc import Callable
from typing import Any

import pytest

from pingyi.mailbox.operations import handling
from pingyi.mailbox.operations.imap import Box as Imap
from pingyi.notifications.models import Letter
from pingyi.returns.models import Intake, Version
from tests.mailbox.conftest import TOWN, Box, only, written
from tests.notifications.test_killed import Killed, after, before
from tests.returns.desk import Desk
from tests.returns.filling import filled, form_for

pytestmark = pytest.mark.usefixtures("bound")


@pytest.mark.parametrize(
    ("where", "what", "moment"),
    [
        (Imap, "arrived", after),
        (Imap, "content", after),
        (handling, "_begun", after),
        (handling, "_take_in", before),
        (handling, "_note_form", before),
        (handling, "_note_form", after),
        (handling, "_reply", after),
        (handling, "_take_in", after),
        (Imap, "put_away", before),
        (Imap, "put_away", after),
    ],
)
def test_a_form_is_taken_over_and_answered_once(
    where: Any, what: str, moment: Callable[..., Any], box: Box, town: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    files = [(f"{t}.xlsx", filled(town, form=form_for(town, t))) for t in ("annex1", "annex2")]
    box.gets(written(TOWN, *files))
    with monkeypatch.context() as patch:
        patch.setattr(where, what, killing(moment, getattr(where, what)))
        with pytest.raises(Killed):
            box.read()
    box.read()
    box.read()
    assert len(box.answers()) == Letter.objects.count() == 1
    assert [form["code"] for form in only().forms] == ["submitted", "submitted"]
    assert Intake.objects.count() == Version.objects.count() == 2
    assert (len(box.lies()), len(box.put_away())) == (0, 1)


def killing(moment: Callable[..., Any], ends: Callable[..., Any]) -> Callable[..., Any]:
    def kill(*given: Any, **named: Any) -> None:
        moment(lambda: ends(*given, **named))()

    return kill
