"""Votes by slips on a phone: a grid of 35 members, by the QR of the slip and without scripts."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from pingyi.ballots.enums import BoxDeed
from pingyi.ballots.operations.life import count, move, new_box_id, prepare, publish
from pingyi.ballots.queries.boxes import sealed
from pingyi.ballots.rules.cores import tracker
from pingyi.ballots.rules.slips import key_of, public_bytes
from pingyi.ballots.rules.verifying import verify
from tests.ballots.boxes import Box, grid
from tests.journeys.conftest import PHONE, Look, NewPage

ROWS = 35
NUMBER = re.compile(r"(?:[A-Z2-7]{4}-){4}[A-Z2-7]{4}")


@pytest.fixture
def box() -> Iterator[Box]:
    """An open box with twelve slips."""
    made = Box(grid(ROWS), slips=12, settings={"opinion": 300})
    made.id = new_box_id()
    keys = [public_bytes(key_of(code, made.id)) for code in made.codes]
    made.manifest = prepare(
        box=made.id, title="群众评议", form=made.form, roll=12, k=10, slip_keys=keys, opinion=300
    )
    move(box=made.id, deed=BoxDeed.OPEN)
    yield made
    sealed.cache_clear()


def vote(page: Page, look: Callable[[Page], None], code: str = "") -> str:
    """Fill in every other row from the second, check, cast; the number of the receipt."""
    if code:
        page.fill("#code", code.lower().replace("-", " "))
    rows = page.locator(".ballot-row")
    assert rows.count() == ROWS
    for row in range(1, ROWS, 2):
        rows.nth(row).locator("label").nth(row % 3).click()
    page.fill("#opinion", "路灯要修")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    look(page)
    page.click("button[value=check]")
    assert page.locator("td .quiet").count() == ROWS // 2 + 1
    look(page)
    page.click("button[value=cast]")
    number = page.locator(".tracker").inner_text()
    look(page)
    assert NUMBER.fullmatch(number)
    return number


def test_a_grid_of_35_members_is_cast_on_a_phone_with_scripts_and_without(
    box: Box,
    new_page: NewPage,
    no_barriers: Look,
    picture: Callable[[Page, str], None],
) -> None:
    def unseen(_page: Page) -> None:
        """Axe is a script."""

    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    numbers = []
    for slip, code in enumerate(box.codes[:11]):
        page = new_page(**phone, java_script_enabled=slip % 2 == 0)
        if slip % 2:
            page.goto(f"/box/{box.id}/")
            numbers.append(vote(page, unseen, code))
            continue
        page.goto(f"/box/{box.id}/#{code}")
        assert page.input_value("#code") == code
        assert code not in page.url
        picture(page, "booth-phone")
        numbers.append(vote(page, no_barriers if slip == 0 else unseen))
        page.context.close()
    move(box=box.id, deed=BoxDeed.CLOSE)
    board = count(box=box.id)
    publish(box=box.id)

    assert {tracker(ballot.core.leaf) for ballot in board.ballots} == set(numbers)
    assert all(step.holds for step in verify(board, trackers=numbers))
    page = new_page(**phone)
    page.goto(f"/box/{box.id}/result")
    no_barriers(page)
    page.fill("#number", numbers[0].lower())
    page.click(".booth-lookup button")
    assert page.locator("[role=status]").is_visible()
    assert "您的票在其中" in page.locator("[role=status]").inner_text()
