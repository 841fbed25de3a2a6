"""Pages ask the database as often for three rows as for one."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.register import operations
from tests.cast import FOUNDED, NOW, Register


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: NOW)


def grow(register: Register, place: object, now: datetime, n: int) -> None:
    """One more of everything a page of the register lists."""
    operations.create_organization(
        code=f"N{n}", name=f"新支部{n}", kind="branch", level="grassroots", sector="rural",
        parent=place, on=FOUNDED, by=None, now=now,
    )  # fmt: skip
    member = operations.register_member(
        organization=place, name=f"新人{n}", on=FOUNDED, by=None, now=now
    )
    operations.appoint(
        person=member.person, organization=place, title="委员", on=FOUNDED, by=None, now=now
    )
    operations.put_in_charge(person=member.person, organization=place, on=FOUNDED, by=None, now=now)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "name", ["list", "people", "unit", "unit-members", "list-export", "people-export"]
)
def test_three_rows_cost_what_one_costs(
    name: str, client: Client, register: Register, office_user: User, now: datetime
) -> None:
    client.force_login(office_user)
    place = operations.create_organization(
        code="N", name="新镇", kind="committee", level="township", parent=register.county,
        on=FOUNDED, by=None, now=now,
    )  # fmt: skip
    address = reverse(f"register:{name}", args=[place.pk] if name.startswith("unit") else [])
    grow(register, place, now, 1)
    client.get(address)
    one = queries_of(client, address)
    grow(register, place, now, 2)
    grow(register, place, now, 3)
    assert queries_of(client, address) == one


def test_the_page_of_a_person_costs_the_same_for_any_history(
    client: Client, register: Register, office_user: User, now: datetime
) -> None:
    client.force_login(office_user)
    person = register.people["village_member"]
    address = reverse("register:person", args=[person.pk])

    def more(n: int) -> None:
        for place in (register.village, register.school, register.t1)[:n]:
            operations.appoint(
                person=person, organization=place, title=f"委员{n}", on=FOUNDED, by=None, now=now
            )
            operations.put_in_charge(
                person=register.people["t2_member"] if n == 1 else person,
                organization=place, on=FOUNDED, by=None, now=now,
            )  # fmt: skip

    more(1)
    client.get(address)
    one = queries_of(client, address)
    more(3)
    assert queries_of(client, address) == one
