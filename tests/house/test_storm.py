"""Every deed of every page is sent many times at the same moment, by two people.

As many as PINGYI_STORM says (`scripts/storm`: 64, on both databases), else FEW. Each storm has a
copy of the database. What it leaves is what the deed leaves when it is done once; where two people
make two things, twice. Nothing breaks, and the ledger is whole.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.appraisals.rules.identities import Figures
from pingyi.campaigns.models import Round, Unit
from pingyi.ledger.queries import size
from pingyi.ui.edits import Edited
from tests.appraisals.conftest import unit_lines
from tests.cast import Register, user_with
from tests.house.every_address import ADDRESSES, World
from tests.storm.copies import Copies
from tests.storm.deeds import Deed, discovered
from tests.storm.raging import Change, Dump, alone, at_once, dump, is_whole, send
from tests.storm.world import enlarge

FEW = 4
# Only deeds with this in their name, for whoever looks into one.
ONLY = os.environ.get("PINGYI_STORM_ONLY", "")
MANY = int(os.environ.get("PINGYI_STORM", FEW))

# Addresses that are sent to and have no storm, each with the reason.
CALM: dict[str, str] = {
    "appraisals:sealed": "ballots lie in another database (tests/appraisals/test_sealed_votes.py)",
    "appraisals:sealed-move": "the same",
    "appraisals:grades": "this pack decides none (tests/appraisals/test_decided_grades.py)",
    "accounts:sign-in": "nobody is signed in yet; nothing is made",
    "accounts:sign-in-code": "the same, with a code that is good once",
    "accounts:first-password": "the same; a second choice is refused",
    "accounts:withdraw-proposal": "only who proposed it: tests/accounts/test_two_people.py",
    "accounts:remove-code": "asks for a code that is good once: sent again it is refused",
    "accounts:sign-out": "ends a session",
    "accounts:slips": "each sending prints, and each print is noted",
    "accounts:slip": "the same",
    "set_language": "sets a cookie",
    "large_type": "the same",
    "name_order": "the same",
    "campaigns:withdraw-proposal": "only for who proposed it; once it is decided it is refused",
    "downloads:again": "makes a list again for the one who asked; asked twice it is the same work",
    "downloads:fetch": "hands out a file",
    "keeping:make": "asks for a backup; asked for twice it is the same work",
    "notifications:confirm": "the address of one person alone; confirmed twice it is confirmed",
    "notifications:make-feed": "the calendar of one person alone; made again it is another one",
    "notifications:read": "a message is to one person alone; read twice it is read",
    "notifications:read-all": "the same",
    "notifications:revoke-feed": "the calendar of one person alone; revoked twice it is revoked",
    "commitments:import": "takes a list with columns of its own (tests/commitments/test_pages.py)",
    "notifications:unread": "a message is to one person alone",
    "campaigns:urge": "each urges whom they tick; the table of messages lets nobody be told twice",
    "returns:batch-again": "goes on with what was broken off; asked twice it is the same work",
    "returns:urge": "each urges whom they tick; the table of messages lets nobody be told twice",
    "web:supervision-urge": "the same",
    "register:create-top": "only in an empty register, which has one top",
    "web:start": "only in an empty database (tests/web/test_first_start.py)",
}
# Only a list of thousands is asked for by a button; asked for twice it is the same work.
CALM |= dict.fromkeys(
    (
        "appraisals:ledger",
        "appraisals:results",
        "campaigns:amendments-export",
        "campaigns:exemptions-export",
        "campaigns:gaps-export",
        "bulletins:ledger",
        "commitments:ledger",
        "rectification:ledger",
        "register:list-export",
        "register:people-export",
        "reviews:ledger-pdf",
        "reviews:ledger-xlsx",
        "rosters:export",
        "rosters:marked",
        "web:access-export",
        "web:supervision-export",
    ),
    "asks for a list to be made",
)
# Look at something that exists, and make something new.
MAKING = {"campaigns:open"}


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(
    monkeypatch: pytest.MonkeyPatch, now: datetime, settings: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was edited without a version: `{% seen %}` was forgotten in a form."""
    found: list[str] = []
    why_not = Edited.why_not

    def noted(self: Edited, seen: str, form: Any = None) -> Any:
        if not seen:
            found.append(self.name)
        return why_not(self, seen, form)

    monkeypatch.setattr(Edited, "why_not", noted)
    return found


@pytest.fixture
def pinned(
    transactional_db: None,
    django_db_serialized_rollback: None,
    register: Register,
    people: dict[str, User],
    first_round: Round,
    world: World,
    prepared: Callable[..., Any],
    typed: Callable[..., Any],
    now: datetime,
) -> dict[str, str]:
    """More than the world has, and where the deeds are that only some of their kind allow."""

    def appraise(unit: Unit, figures: Figures) -> None:
        typed(prepared(unit), unit_lines(), figures=figures)

    return enlarge(register, first_round, people, appraise, now)


@pytest.fixture
def clients(
    transactional_db: None,
    django_db_serialized_rollback: None,
    register: Register,
    people: dict[str, User],
    world: World,
    pinned: dict[str, str],
) -> dict[str, tuple[Client, Client]]:
    """Two sessions of each role, of two people where there are two."""

    def session(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    # Who finds most is asked first: where all is found, nobody else looks for it.
    roles = ("office", "clerk", "member", "secretary", "branch_secretary")
    second = {user.username: user for user in User.objects.filter(username__endswith="-2")}
    return {
        role: (session(people[role]), session(second.get(f"{role}-2", people[role])))
        for role in roles
    }


@pytest.fixture
def copies(clients: Any, world: World, tmp_path: Path) -> Iterator[Copies]:
    made = Copies(tmp_path)
    yield made
    made.close()


def test_each_storm_finds_the_rows_and_the_numbers_of_the_first(
    transactional_db: None,
    django_db_serialized_rollback: None,
    register: Register,
    now: datetime,
    tmp_path: Path,
) -> None:
    found = []
    copies = Copies(tmp_path)
    for _turn in (1, 2):
        with copies.one():
            before = alone(dump)
            user = alone(lambda: user_with("new", Role.CLERK, register.t1, now))
            found.append((before, user.pk, alone(size)))
    copies.close()
    assert found[0] == found[1]
    assert found[0][2] > len(found[0][0]["ledger.Entry"])


def test_nothing_breaks_and_nothing_is_done_twice(
    clients: dict[str, tuple[Client, Client]],
    world: World,
    copies: Copies,
    pinned: dict[str, str],
    unseen: list[str],
) -> None:
    with copies.one():
        before = alone(dump)
        assert alone(is_whole)
        wanted = alone(lambda: taking_posts(clients["office"][0], world)) - CALM.keys()
        first = {role: two[0] for role, two in clients.items()}
        found = alone(lambda: discovered(first, world, wanted, pinned))
    missing = wanted - {deed.name for deed in found.values()}
    complaints = [f"{name}: found on no page" for name in sorted(missing)]
    for deed in (each for each in found.values() if ONLY in each.name):
        complaints += raged(deed, clients[deed.role], copies, before, unseen)
    with copies.one():
        assert alone(dump) == before, "what a storm did was left to the next one"
    assert not complaints, "\n".join(complaints)


def taking_posts(client: Client, world: World) -> set[str]:
    """The names of all addresses that something is sent to."""
    return {
        address.name
        for address in ADDRESSES
        if "POST"
        in client.options(reverse(address.name, kwargs=world.things(address))).headers.get(
            "Allow", ""
        )
    }


def raged(
    deed: Deed, two: tuple[Client, Client], copies: Copies, before: Dump, unseen: list[str]
) -> list[str]:
    """What went wrong with one deed."""
    with copies.one():
        sent = alone(lambda: send(two[0], deed, 0))
        answer = alone(sent)
        once = Change.between(before, alone(dump))
        if answer.status_code >= 400 or not any((once.came, once.went, once.altered)):
            return [
                f"{deed}: sent once, {answer.status_code}, nothing done ({deed.page}, {sent.data})"
            ]
    with copies.one():
        unseen.clear()
        # The first one's window is still open, and the database is as it was then.
        pages = [sent, alone(lambda: send(two[1], deed, 1))]
        answers = at_once([pages[number % 2] for number in range(MANY)])
        often = Change.between(before, alone(dump))
        broken = [a for a in answers if a.status_code >= 500]
        found = [
            f"{deed}: {a.status_code} {(getattr(a, 'exc_info', None) or [0, ''])[1]!r}"
            for a in broken[:1]
        ]
        if unseen:
            found.append(f"{deed}: its form does not say which version was seen")
        if not alone(is_whole):
            found.append(f"{deed}: the ledger is not whole")
    wanted = {1} if pages[0].is_edit and deed.name not in MAKING else {1, 2}
    if once.came and often.times(once) not in wanted:
        found.append(f"{deed}: once {once.came}, {MANY} times {often.came}")
    if set(often.went) - set(once.went):
        found.append(f"{deed}: lost {often.went}, once {once.went}")
    return found
