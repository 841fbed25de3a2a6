"""What those who report tables and those who examine them do on the pages, step by step."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page

from tests.cast import PASSWORD
from tests.journeys.chromium import settle

Foot = Mapping[str, str]


def signed_in(page: Page, username: str, password: str = PASSWORD) -> Page:
    page.goto("/accounts/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")
    return page


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_text(name, exact=True).locator("visible=true").first.click()
    settle(page)


def text_of(page: Page) -> str:
    return page.locator("main").inner_text()


def reports(
    page: Page,
    table: str,
    foot: Foot,
    word: str,
    *,
    button: str = "核对上报",
    look: Callable[[Page], None] = settle,
) -> None:
    """From the page of a table: who answers for it, a word wherever one is asked for, and sent."""
    page.goto(table)
    press(page, button)
    for label, text in foot.items():
        page.get_by_label(label).fill(text)
    for box in page.locator("main form textarea").all():
        if not box.input_value():
            box.fill(word)
    look(page)
    press(page, "定稿")
    assert "已上报" in text_of(page), text_of(page)


def figure_of(page: Page, table: str, row: str) -> tuple[str, int]:
    """The first figure in a row of a table: its words, and the number."""
    page.goto(table)
    told = page.locator(f"main table.paper td a[aria-label^='{row} ']").first
    words, _, number = str(told.get_attribute("aria-label")).partition("：")
    return words, int(number.partition(" ")[0])


def says(page: Page, words: str, number: int, reason: str) -> None:
    """On the page of a table: a figure is chosen by its words, and another one typed."""
    page.locator(f"main table.paper td a[aria-label^='{words}：']").click()
    panel = page.locator("#side-panel-body")
    panel.get_by_text("改报数字").wait_for()
    with page.expect_navigation():
        panel.get_by_text("改报数字").click()
    settle(page)
    corrects(page, number, reason)


def corrects(page: Page, number: int, reason: str = "") -> None:
    """On the page of a figure: another one, and why; without a reason where it is as counted."""
    page.get_by_label("数字", exact=True).fill(str(number))
    page.get_by_label("理由").fill(reason)
    press(page, "保存")


def sends_back(page: Page, reasons: Foot) -> None:
    """On the page of a table: figures are ticked by their words, and each gets its reason."""
    for words in reasons:
        page.get_by_label(f"退回：{words}").check()
    press(page, "写明原因并退回")
    boxes = page.locator("main form textarea").all()
    for box, reason in zip(boxes, reasons.values(), strict=False):
        box.fill(reason)
    press(page, "退回")
