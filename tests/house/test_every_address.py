"""Every address is tried by everybody: nothing breaks, nothing shows what lies outside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign
from tests.cast import Register

NOWHERE = 999_999_999
# The answers that are answers: a page, a way on, and the ways of saying no.
ANSWERS = {200, 204, 302, 303, 400, 403, 404, 405, 409, 422}
# What somebody without an account may see.
PUBLIC = {"accounts:sign-in", "accounts:sign-in-code", "web:start", "set_language"}
ROLES = ["office", "clerk", "other_clerk", "secretary", "branch_secretary", "member", "inspector"]


@dataclass(frozen=True)
class Address:
    """A named address and the kinds of things it takes."""

    name: str
    route: str
    takes: tuple[str, ...]

    @property
    def room(self) -> str:
        return self.name.partition(":")[0]


def addresses(
    resolver: URLResolver, space: str = "", route: str = "", takes: tuple[str, ...] = ()
) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        kinds = takes + tuple(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            deeper = f"{entry.namespace}:" if entry.namespace else ""
            yield from addresses(entry, space + deeper, here, kinds)
        elif isinstance(entry, URLPattern) and entry.name:
            yield Address(space + entry.name, here, kinds)


ADDRESSES = list(addresses(get_resolver()))
ROOMS = sorted({address.room for address in ADDRESSES})


@dataclass(frozen=True)
class World:
    """Something real of the first township behind every kind of address."""

    by_route: dict[str, int]
    by_name: dict[str, str]

    def things(self, address: Address) -> dict[str, Any]:
        found: dict[str, Any] = {name: self.by_name.get(name, "nowhere") for name in address.takes}
        for name in address.takes:
            if name.endswith("pk") or name == "id":
                found[name] = self.thing(address, name)
        return found

    def thing(self, address: Address, name: str) -> int:
        key = f"{address.room}:{address.route.partition(f'<int:{name}>')[0].split('/')[-2]}"
        return self.by_route.get(key, NOWHERE)

    def is_of_the_first_township(self, address: Address) -> bool:
        things = self.things(address)
        keys = [value for name, value in things.items() if name.endswith("pk")]
        return (bool(keys) and NOWHERE not in keys) or "unit_code" in things


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, User]:
    return {role: request.getfixturevalue(f"{role}_user") for role in ROLES}


@pytest.fixture
def world(register: Register, campaign: Campaign, people: dict[str, User]) -> World:
    person = register.people["village_secretary"]
    participant = campaign.participants.get(person=register.people["village_member"])
    return World(
        by_route={
            "accounts:accounts": people["member"].pk,
            "accounts:roles": people["member"].grants.get().pk,
            "organizations:unit": register.village.pk,
            "organizations:people": person.pk,
            "organizations:posts": person.posts.get().pk,
            "organizations:charges": register.people["t1_leader"].charges.get().pk,
            "organizations:affiliations": register.village.affiliations.get().pk,
            "campaigns:people": participant.pk,
            "reviews:people": participant.pk,
            "appraisals:people": participant.pk,
        },
        by_name={
            "campaign_code": campaign.code,
            "round_code": "first",
            "unit_code": "T1-1",
            "pack_code": "chuangxian-2011",
            "table_code": "annex-1",
            "form_code": "organization",
            "kind": "pdf",
            "cell": "nowhere",
        },
    )


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def complaints(
    room: str,
    ask: Callable[[Address], Any],
    *,
    allowed: set[int],
    which: Callable[[Address], bool] | None = None,
) -> list[str]:
    found = []
    for address in ADDRESSES:
        if address.room == room and (which is None or which(address)):
            answer = ask(address)
            if answer.status_code not in allowed:
                reason = getattr(answer, "exc_info", None)
                found.append(f"{address.name}: {answer.status_code} {reason[1] if reason else ''}")
    return found


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("role", ROLES)
def test_nothing_breaks(role: str, room: str, world: World, people: dict[str, User]) -> None:
    client = client_of(people[role])

    def read(address: Address) -> Any:
        return client.get(reverse(address.name, kwargs=world.things(address)))

    def write(address: Address) -> Any:
        return client.post(reverse(address.name, kwargs=world.things(address)), {})

    assert not complaints(room, read, allowed=ANSWERS)
    assert not complaints(room, write, allowed=ANSWERS)


@pytest.mark.parametrize("room", ROOMS)
def test_strangers_are_asked_to_sign_in(room: str, world: World) -> None:
    client = client_of(None)

    def read(address: Address) -> Any:
        return client.get(reverse(address.name, kwargs=world.things(address)))

    found = complaints(
        room, read, allowed={302, 404, 405}, which=lambda address: address.name not in PUBLIC
    )
    assert not found


@pytest.mark.parametrize("room", ROOMS)
def test_what_does_not_exist_is_not_found(room: str, world: World, people: dict[str, User]) -> None:
    client = client_of(people["office"])

    def read(address: Address) -> Any:
        nothing = {name: NOWHERE if name.endswith("pk") else "nowhere" for name in address.takes}
        return client.get(reverse(address.name, kwargs=nothing))

    assert not complaints(room, read, allowed={404, 405}, which=lambda address: bool(address.takes))


@pytest.mark.parametrize("room", ROOMS)
def test_what_lies_outside_is_not_found(room: str, world: World, people: dict[str, User]) -> None:
    client = client_of(people["other_clerk"])

    def read(address: Address) -> Any:
        return client.get(reverse(address.name, kwargs=world.things(address)))

    assert not complaints(room, read, allowed={404, 405}, which=world.is_of_the_first_township)
