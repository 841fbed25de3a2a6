"""What would be refused or is not there is not offered: every link of every page is followed."""

from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from pingyi.accounts.models import User
from tests.house.every_address import ADDRESSES, ROLES, World, client_of

pytestmark = pytest.mark.any_database

NOT_THERE = {403, 404, 405, 500}


class Links(HTMLParser):
    """The addresses of the links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") if tag == "a" else None
        if href:
            # What is searched or sorted by never decides whether a page is there.
            self.found.add(urljoin(self.page, href).partition("#")[0].partition("?")[0])


@pytest.mark.parametrize("role", [role for role in ROLES if role != "other_clerk"])
def test_every_link_opens(role: str, world: World, people: dict[str, User]) -> None:
    client = client_of(people[role])
    offered: dict[str, str] = {}
    known: dict[str, int] = {}
    for address in ADDRESSES:
        page = reverse(address.name, kwargs=world.things(address))
        answer = client.get(page)
        known[page] = answer.status_code
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            links = Links(page)
            links.feed(answer.content.decode())
            offered |= {link: address.name for link in links.found if link not in offered}
    assert len(offered) > 20
    dead = {
        link: f"{page} offers it: {code}"
        for link, page in offered.items()
        if (code := known.get(link) or client.get(link).status_code) in NOT_THERE
    }
    assert dead == {}
