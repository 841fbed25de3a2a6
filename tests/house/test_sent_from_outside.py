"""What a page of the first township sends, filled in and with the version that was seen, changes no
row when every role of the other township sends it.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pingyi.accounts.models import User
from pingyi.appraisals.rules.identities import Figures
from pingyi.campaigns.models import Round, Unit
from tests.appraisals.conftest import unit_lines
from tests.cast import Register
from tests.house.every_address import ADDRESSES, World, client_of
from tests.house.whole_database import Watch
from tests.storm.deeds import Deed, discovered
from tests.storm.raging import send
from tests.storm.world import enlarge

pytestmark = pytest.mark.any_database

# About whoever sends it, and nobody else.
ABOUT_ONESELF = {
    "accounts:choose-language", "accounts:change-password", "accounts:start-code",
    "accounts:confirm-code", "accounts:cancel-code", "accounts:sign-out",
    "notifications:make-feed", "notifications:read-all", "notifications:revoke-feed",
    "notifications:wishes",
    # A batch of forms is the sender's own; of whom each form is, the worker asks when it reads it.
    "returns:many",
}  # fmt: skip
# The storm finds them in the other township, whose people see them and are refused.
OF_THE_OTHER = {"returns:claim", "returns:extend", "returns:waive"}
# No page of one thing: a way on, or why not.
FOUND = {200, 302, 303, 403, 404, 405, 422}


@pytest.fixture
def pinned(
    register: Register,
    people: dict[str, User],
    first_round: Round,
    world: World,
    prepared: Callable[..., Any],
    typed: Callable[..., Any],
    now: datetime,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, str]:
    """As for the storm: each deed finds what it needs."""
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)
    settings.MEDIA_ROOT = tmp_path / "files"

    def appraise(unit: Unit, figures: Figures) -> None:
        typed(prepared(unit), unit_lines(), figures=figures)

    return enlarge(register, first_round, people, appraise, now)


def test_nothing_is_changed_from_outside(
    world: World, people: dict[str, User], outsiders: dict[str, User], pinned: dict[str, str]
) -> None:
    inside = {role: client_of(people[role]) for role in ("office", "clerk", "branch_secretary")}
    names = {address.name for address in ADDRESSES}
    deeds = discovered(inside, world, names, pinned)
    assert len(deeds) > 80
    strangers = {role: client_of(user) for role, user in outsiders.items()}
    of_the_first = {one.name for one in ADDRESSES if world.is_of_the_first_township(one)}
    of_the_first -= OF_THE_OTHER
    wrong = list(_sent_by_all(deeds, inside, strangers, of_the_first))
    assert not wrong, "\n".join(wrong)


def _sent_by_all(
    deeds: dict[str, Deed],
    inside: dict[str, Client],
    strangers: dict[str, Client],
    of_the_first: set[str],
) -> Iterator[str]:
    watch = Watch()
    for deed in deeds.values():
        if deed.name not in ABOUT_ONESELF:
            sent = send(inside[deed.role], deed, 0)
            watch.changed()
            for role, client in strangers.items():
                answer = sent.by(client)
                changed = watch.changed()
                allowed = {404, 405} if deed.name in of_the_first else FOUND
                if changed or answer.status_code not in allowed:
                    yield f"{deed} by {role}: {answer.status_code}, changed {sorted(changed)}"
