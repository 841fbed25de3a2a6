"""Pages of somebody signed in are kept by no browser, where the next person would find them."""

from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User


def test_a_page_of_somebody_signed_in_is_not_kept(client: Client, member_user: User) -> None:
    client.force_login(member_user)
    for page in (client.get(reverse("web:home")), client.get("/nowhere/")):
        assert page.headers["Cache-Control"] == "no-store, private"


def test_what_a_view_says_of_keeping_stands(client: Client, member_user: User) -> None:
    client.force_login(member_user)
    page = client.get(reverse("accounts:signed-in-again"))
    assert "max-age=0" in page.headers["Cache-Control"]
