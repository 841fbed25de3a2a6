"""The components of tests/ui/sample.py under the hands of somebody: keyboard, paste, phone."""

import pytest

from tests.journeys.conftest import PHONE


@pytest.fixture(autouse=True)
def _sample_addresses(settings):
    settings.ROOT_URLCONF = "tests.ui.sample"


def test_a_clerk_sees_twenty_rows_without_scrolling(page, no_barriers):
    page.goto("/")
    seen = page.evaluate(
        "[...document.querySelectorAll('.list-table tbody tr')]"
        ".filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert seen == 20
    no_barriers(page)


def test_a_phone_shows_lists_and_forms_within_its_width(phone, no_barriers):
    for address in ("/", "/gallery?bad=1"):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        small = phone.evaluate(
            "[...document.querySelectorAll('.rail a, .topbar summary, .topbar a, .btn')]"
            ".filter((e) => e.offsetHeight && e.offsetHeight < 44 && e.offsetWidth > 0)"
            ".map((e) => e.outerHTML)"
        )
        assert small == []
        no_barriers(phone)


def test_the_heads_behind_a_figure_open_at_the_side(page):
    page.goto("/")
    page.locator("a[data-side]").first.click()
    panel = page.locator("#side-panel")
    panel.wait_for(state="visible")
    assert "张三丰" in panel.inner_text()
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.matches('a[data-side]')")


def test_a_block_from_excel_fills_the_grid(page, no_barriers):
    page.goto("/gallery")
    page.locator("canvas").wait_for()
    no_barriers(page)
    page.locator("[name=a1]").focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", '带头学习\\t"下村\\n不多"\\r\\n带头服务\\t会议多\\r\\n');
            const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
            document.activeElement.dispatchEvent(paste);
        }"""
    )
    assert page.input_value("[name=a2]") == "带头服务"
    assert page.input_value("[name=b2]") == "会议多"
    assert page.input_value("[name=b1]").startswith("下村")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "a2"
    page.keyboard.press("Alt+ArrowRight")
    assert page.evaluate("document.activeElement.name") == "b2"


def test_figures_say_at_once_whether_they_agree(page):
    page.goto("/gallery")
    line = page.locator(".identity")
    page.fill("#id_due", "100")
    assert "identity-open" in line.get_attribute("class")
    page.fill("#id_present", "104")
    assert "identity-off" in line.get_attribute("class")
    assert "实到多于应到" in line.inner_text()
    page.fill("#id_present", "98")
    assert "identity-holds" in line.get_attribute("class")


def test_what_cannot_be_undone_is_asked_first(page):
    page.goto("/gallery")
    page.get_by_role("button", name="结束本轮").click()
    dialog = page.get_by_role("dialog")
    assert "结束后不能再录入点评。" in dialog.inner_text()
    dialog.locator("[value=no]").click()
    assert page.url.endswith("/gallery")
    page.get_by_role("button", name="结束本轮").click()
    dialog.locator("[value=yes]").click()
    page.wait_for_url("**/close")
    assert page.inner_text("body") == "POST"
