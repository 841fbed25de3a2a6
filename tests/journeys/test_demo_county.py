"""The fictitious county as its people see it: every page is open to everybody, and looked at."""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from pingyi.campaigns.models import Round
from pingyi.core.clock import read_now
from pingyi.demo import names
from pingyi.demo.build import PASSWORD, build
from pingyi.web.operations.remind import remind_all
from tests.journeys.conftest import LAPTOP, PHONE, Look, NewPage, as_migrated, settle
from tests.journeys.walking import walk

Picture = Callable[[Page, str], None]
ROUND = "demo/first/"
REVIEWS = "/reviews/demo/rounds/first/"

# Picture of the documentation -> address, as the campaign office sees it on a laptop.
OFFICE_PAGES = {
    "home": "/",
    "supervision": f"/supervision/{ROUND}",
    "unit": f"/units/{ROUND}X01/",
    "annex2": f"/tables/{ROUND}SFZ/?table=annex2",
    "coverage": f"{REVIEWS}coverage/",
    "result": f"/appraisals/{ROUND}D01-01/result/",
    "appraisal": f"/appraisals/{ROUND}D01-01/",
    "count": f"/appraisals/{ROUND}D01-01/count/annex4/",
    "review-ledger": "/reviews/demo/ledger/",
    "campaign": "/campaigns/demo/",
    "register": "/register/",
    "urging": f"/supervision/{ROUND}urge/",
    "messages": "/messages/",
    "wishes": "/messages/wishes/",
}
SECRETARY_PAGES = {"review-tasks": f"{REVIEWS}tasks/"}
PHONE_PAGES = {
    "phone-home": "/",
    "phone-tasks": f"{REVIEWS}tasks/",
    "phone-appraisal": f"/appraisals/{ROUND}X01-01/",
    "phone-messages": "/messages/",
}

# Lists are cards there, none scrolls sideways but papers and what is typed into or compared; and
# between the names of two entries of the menu there is room.
ON_A_PHONE = """() => {
    const scrolls = (frame) => frame.scrollWidth > frame.clientWidth;
    const lists = ".table-scroll > table:not(.paper):not(.compared):not([data-grid])";
    const wide = [...document.querySelectorAll(lists)]
        .filter((list) => scrolls(list.parentElement))
        .map((list) => `a list scrolls sideways: ${list.innerText.slice(0, 40)}`);
    // What has no room in the bar stands in another menu.
    const shown = [...document.querySelectorAll(".rail a span")].filter((name) => name.offsetWidth);
    const names = shown.map((name) => {
        const words = document.createRange();
        words.selectNodeContents(name);
        return words.getBoundingClientRect();
    });
    const close = names.filter((box, i) => i && box.left - names[i - 1].right < 4);
    return close.length ? [...wide, "entries of the menu touch"] : wide;
}"""


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")


@pytest.fixture
def county(live_server: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the demo; all of it (tests/web/test_first_start.py builds it) for pictures."""
    as_migrated()
    if os.environ.get("PINGYI_PICTURES") != "1":
        monkeypatch.setattr(names, "TOWNSHIPS", names.TOWNSHIPS[:2])
        monkeypatch.setattr(names, "COUNTY_UNITS", names.COUNTY_UNITS[:8])
    now = read_now()
    build(now=now, said=lambda _line: None)
    # A week before the round closes.
    closes_on = Round.objects.get(code="first").closes_on
    remind_all(today=closes_on - timedelta(days=7), now=now)


def test_every_page_of_the_county_is_open_to_those_above(
    county: None, page: Page, new_page: NewPage, no_barriers: Look, picture: Picture
) -> None:
    sign_in(page, "office")
    look(page, OFFICE_PAGES, no_barriers, picture)
    seen = walk_everywhere({"office": page}, ("office", "inspector"), new_page, no_barriers)
    assert {"accounts:list", "campaigns:gaps", "register:merge", "reviews:ledger"} <= seen
    assert len(seen) >= 55
    call_command("ledger", "verify")


def test_every_page_of_the_county_is_open_to_those_below(
    county: None, page: Page, phone: Page, new_page: NewPage, no_barriers: Look, picture: Picture
) -> None:
    sign_in(page, "branch")
    look(page, SECRETARY_PAGES, no_barriers, picture)
    review_one(page, no_barriers, picture)
    review_in_a_meeting(page, no_barriers, picture)
    seen = walk_everywhere(
        {"branch": page}, ("branch", "member", "township"), new_page, no_barriers
    )
    assert {"reviews:tasks", "reviews:mine", "appraisals:count", "reviews:meeting"} <= seen

    sign_in(phone, "branch")
    look(phone, PHONE_PAGES, no_barriers, picture)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    call_command("ledger", "verify")


def walk_everywhere(
    signed_in: dict[str, Page], usernames: tuple[str, ...], new_page: NewPage, no_barriers: Look
) -> set[str]:
    """Every kind of page that links lead to, as its own people see it, on a laptop and a phone."""
    seen: set[str] = set()
    found: list[str] = []

    def stop(page: Page) -> None:
        for size in (LAPTOP, PHONE):
            page.set_viewport_size(size)
            settle(page)
            too_wide = page.evaluate("document.documentElement.scrollWidth") - size["width"]
            if too_wide > 0:
                found.append(f"{page.url} is {too_wide} px wider than {size['width']} px")
            if size is PHONE:
                found.extend(f"{page.url}: {fault}" for fault in page.evaluate(ON_A_PHONE))
            try:
                # The colours are the same in both sizes.
                no_barriers(page, contrast=size is LAPTOP)
            except AssertionError as barriers:
                found.append(str(barriers))

    for username in usernames:
        page = signed_in.get(username) or new_page()
        if username not in signed_in:
            sign_in(page, username)
        page.goto("/")
        walk(page, seen, stop)
    assert not found, "\n".join(found)
    return seen


def look(
    page: Page,
    addresses: dict[str, str],
    no_barriers: Look,
    picture: Picture,
) -> None:
    """Each page answers, says that its data are fictitious, and holds no grave barrier."""
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer is not None, address
        assert answer.ok, f"{address}: {answer.status}"
        settle(page)
        assert page.locator(".demo-banner").is_visible(), address
        no_barriers(page)
        picture(page, name)


def review_one(page: Page, no_barriers: Look, picture: Picture) -> None:
    """A single review from the list of tasks: empty parts are pointed out before saving."""
    page.goto(f"{REVIEWS}tasks/")
    page.locator("a[href*='/review/']").first.click()
    settle(page)
    no_barriers(page)
    picture(page, "review")


def review_in_a_meeting(page: Page, no_barriers: Look, picture: Picture) -> None:
    """The grid of a meeting is filled from the keyboard and keeps a draft."""
    page.goto(f"{REVIEWS}units/X01-01/meeting/")
    place = page.locator("main input[name=place]")
    if place.count():
        place.fill("村部会议室")
        page.locator("main form button.btn-primary").first.click()
        settle(page)
    cells = page.locator("[data-grid] textarea")
    cells.first.fill("带头修好村部到河边的三百米便道，二十户出行方便了。")
    cells.first.press("Enter")
    no_barriers(page)
    picture(page, "meeting-grid")
