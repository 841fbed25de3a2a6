"""Every address is tried by everybody: nothing breaks, what does not exist is not found."""

import re
from typing import Any

import pytest
from django.urls import reverse

from pingyi.accounts.models import User
from tests.house.every_address import (
    ADDRESSES,
    NOWHERE,
    ROLES,
    ROOMS,
    Address,
    World,
    client_of,
    complaints,
)
from tests.house.whole_database import Watch, telling

# The answers that are answers: a page, a way on, and the ways of saying no.
ANSWERS = {200, 204, 302, 303, 400, 403, 404, 405, 409, 422}
# What an address takes as a number, by its name.
NUMBERS = ("pk", "number")
FIELDS = re.compile(rb'\bname="([a-zA-Z_][^"]*)"')
# What somebody without an account may see.
PUBLIC = {
    "accounts:sign-in", "accounts:sign-in-code", "accounts:session", "web:start", "set_language",
    "large_type", "notifications:feed", "bulletins:public", "bulletins:notice",
    "bulletins:notice-pdf",
}  # fmt: skip


def test_there_is_something_real_behind_every_address(world: World) -> None:
    empty = {
        address.name: name
        for address in ADDRESSES
        for name, value in world.things(address).items()
        if value in (NOWHERE, "nowhere")
    }
    assert empty == {}


@pytest.mark.parametrize("room", ROOMS)
def test_the_office_finds_what_is_behind_every_address(
    room: str, world: World, people: dict[str, User]
) -> None:
    client = client_of(people["office"])

    def read(address: Address) -> Any:
        return client.get(reverse(address.name, kwargs=world.things(address)))

    assert not complaints(
        room, read, allowed=ANSWERS - {404}, which=lambda address: bool(address.takes)
    )


# What one of them asks the database, the others ask as well, of a part of the tree.
ON_BOTH = ("office", "clerk")
ROLES_HERE = [
    pytest.param(role, marks=[] if role in ON_BOTH else [pytest.mark.any_database])
    for role in ROLES
]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("role", ROLES_HERE)
def test_nothing_breaks(role: str, room: str, world: World, people: dict[str, User]) -> None:
    client = client_of(people[role])

    def read(address: Address) -> Any:
        return client.get(reverse(address.name, kwargs=world.things(address)))

    def write(address: Address) -> Any:
        return client.post(reverse(address.name, kwargs=world.things(address)), {})

    watch, wrote = Watch(), []
    looking = telling(watch, read, wrote, always=True)
    assert not complaints(room, looking, allowed=ANSWERS)
    assert not wrote
    sending = telling(watch, write, wrote, always=False)
    assert not complaints(room, sending, allowed=ANSWERS)
    assert not wrote


@pytest.mark.any_database
@pytest.mark.parametrize("room", ROOMS)
def test_strangers_are_asked_to_sign_in(room: str, world: World) -> None:
    client = client_of(None)

    def read(address: Address) -> Any:
        return client.get(reverse(address.name, kwargs=world.things(address)))

    found = complaints(
        room, read, allowed={302, 404, 405}, which=lambda address: address.name not in PUBLIC
    )
    assert not found


@pytest.mark.any_database
@pytest.mark.parametrize("room", ROOMS)
def test_what_does_not_exist_is_not_found(room: str, world: World, people: dict[str, User]) -> None:
    client = client_of(people["office"])

    def read(address: Address) -> Any:
        nothing = {name: NOWHERE if name.endswith(NUMBERS) else "nowhere" for name in address.takes}
        return client.get(reverse(address.name, kwargs=nothing))

    assert not complaints(room, read, allowed={404, 405}, which=lambda address: bool(address.takes))


@pytest.mark.parametrize("room", ROOMS)
def test_a_number_that_no_database_holds_breaks_nothing(
    room: str, world: World, people: dict[str, User]
) -> None:
    client = client_of(people["office"])
    huge = "9" * 25

    def with_huge_keys(address: Address) -> Any:
        nothing = {name: int(huge) if name.endswith(NUMBERS) else huge for name in address.takes}
        return client.get(reverse(address.name, kwargs=nothing))

    def filled(address: Address) -> dict[str, str]:
        """Every field of the page, filtering ones as well."""
        page = client.get(reverse(address.name, kwargs=world.things(address)))
        names = set() if page.streaming else set(FIELDS.findall(page.content))
        return {"page": huge} | {name.decode(): huge for name in names}

    def asked(address: Address) -> Any:
        return client.get(reverse(address.name, kwargs=world.things(address)), filled(address))

    def sent(address: Address) -> Any:
        return client.post(reverse(address.name, kwargs=world.things(address)), filled(address))

    assert not complaints(
        room, with_huge_keys, allowed={404, 405}, which=lambda one: bool(one.takes)
    )
    assert not complaints(room, asked, allowed=ANSWERS)
    assert not complaints(room, sent, allowed=ANSWERS)
