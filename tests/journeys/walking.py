"""Walks from link to link, as far as somebody may go, and stops once at every kind of page."""

from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urlparse

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.journeys.conftest import settle

FILES = (".pdf", ".xlsx", ".docx", ".csv", ".svg", ".ics")


def kind_of(address: str) -> str | None:
    """The name of the view behind an address; None for files and for other places."""
    path = urlparse(address).path
    if path.endswith(FILES):
        return None
    try:
        return resolve(path).view_name or None
    except Resolver404:
        return None


def links(page: Page) -> Iterator[str]:
    """Addresses of the same site that the page links to."""
    own = urlparse(page.url).netloc
    for address in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
        if urlparse(address).netloc == own:
            yield urldefrag(address).url


def walk(page: Page, seen: set[str], stop: Callable[[Page], None]) -> None:
    """Go everywhere; `stop` looks at the first page of each kind that is not in `seen` yet."""
    waiting, known = deque([page.url]), {page.url}
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind is None or kind in seen:
            continue
        answer = page.goto(address)
        assert answer is not None, address
        assert answer.ok, f"{address}: {answer.status}"
        settle(page)
        seen.add(kind)
        stop(page)
        fresh = [link for link in links(page) if link not in known]
        known.update(fresh)
        waiting.extend(fresh)
