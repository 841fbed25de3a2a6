"""Lists of people stand by pinyin, or by strokes for whoever chose that."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign
from pingyi.register.operations import register_member
from tests.cast import NOW, TODAY, Register

ADDRESS = "/name-order/"


@pytest.fixture
def people(register: Register) -> Register:
    """A branch with 曾, 丁, 郭 and 高, who stand otherwise by each order."""
    for name in ("曾一", "丁一", "郭一", "高一"):
        register_member(
            organization=register.t2_village, name=name, on=TODAY, by=None, now=NOW
        )  # fmt: skip
    return register


def shown(client: Client, address: str) -> list[str]:
    found = re.findall(r">\s*([曾丁郭高]一)\s*<", client.get(address).content.decode())
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("page", ["register:people", "register:unit-members"])
def test_the_order_that_was_chosen_holds_on_every_list(
    page: str, people: Register, office_user: User, client: Client
) -> None:
    client.force_login(office_user)
    address = reverse(page, args=[people.t2_village.pk] if "unit" in page else [])
    assert shown(client, address) == ["丁一", "高一", "郭一", "曾一"]
    answer = client.post(ADDRESS, {"order": "strokes", "next": f"{address}?sort=name"})
    assert answer["Location"] == f"{address}?sort=name"
    assert answer.cookies["pingyi_order"]["httponly"]
    assert shown(client, address) == ["丁一", "高一", "郭一", "曾一"]
    assert shown(client, f"{address}?sort=-name") == ["曾一", "郭一", "高一", "丁一"]
    client.post(ADDRESS, {"order": "name", "next": address})
    assert "pingyi_order" not in client.cookies or not client.cookies["pingyi_order"].value


def test_by_strokes_stand_otherwise_than_by_pinyin(
    people: Register, office_user: User, client: Client, campaign: Campaign
) -> None:
    register_member(organization=people.t2_village, name="阿一", on=TODAY, by=None, now=NOW)
    client.force_login(office_user)
    address = reverse("register:unit-members", args=[people.t2_village.pk])

    def first() -> str:
        names = re.findall(r'people/\d+/">([^<]+)</a>', client.get(address).content.decode())
        return names[0]

    assert first() == "阿一"
    client.post(ADDRESS, {"order": "strokes"})
    assert first() == "丁一"
    frozen = reverse("campaigns:people", args=[campaign.code]) + "?sort=name"
    assert client.get(frozen).status_code == 200


def test_only_a_button_chooses_and_only_who_signed_in(client: Client, office_user: User) -> None:
    assert client.post(ADDRESS, {"order": "strokes"}).status_code == 302
    assert "pingyi_order" not in client.cookies
    client.force_login(office_user)
    assert client.get(ADDRESS).status_code == 405
