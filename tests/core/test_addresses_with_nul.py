"""What no database holds is left out of what an address asks for."""

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round


@pytest.mark.parametrize(
    "page", ["/search/", "/campaigns/cx2011/rounds/first/gaps/", "/register/people/"]
)
def test_a_search_for_nothing_that_can_be_kept(
    page: str, client: Client, office_user: User, first_round: Round
) -> None:
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"{page}?q=%00{'村' if page != '/register/people/' else '王'}")
    assert answer.status_code == 200
    assert reverse("web:home") in answer.content.decode()
    assert "\0" not in answer.content.decode()


def test_nor_is_a_name_with_it_kept(client: Client, office_user: User, first_round: Round) -> None:
    """A long list is asked for with all that stands in the address."""
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/register/people.xlsx?%00=1&q%00=%00王")
    assert answer.status_code in (200, 302)
    page = client.get("/register/people/?q%00=%00王").content.decode()
    assert 'value="王"' in page
