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
    assert "100 : 104" in line.inner_text()
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


def paste(page, name, text):
    page.locator(f"[name={name}]").focus()
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
            document.activeElement.dispatchEvent(paste);
        }""",
        text,
    )


def test_a_block_with_names_in_front_goes_to_the_rows_of_the_names(page):
    page.goto("/gallery")
    paste(page, "a1", "王五一\t能吃苦\t少读书\n张 三丰\t肯带头\t性子急\n赵六\t好\t无\n")
    assert page.input_value("[name=a3]") == "能吃苦"
    assert page.input_value("[name=b3]") == "少读书"
    assert page.input_value("[name=a1]") == "肯带头"
    assert page.input_value("[name=a2]") == ""
    assert page.locator("[data-grid-said]").inner_text() == "填入2行，1行没有对上。"


NAMESAKES = """() => ["王五一（甲）", "王五一（1972）"].forEach((name, at) => {
    const head = document.querySelectorAll("table[data-grid] tbody th")[at];
    head.firstChild.textContent = name;
})"""


def test_a_line_goes_to_a_namesake_by_the_mark_and_to_nobody_by_the_bare_name(page):
    page.goto("/gallery")
    page.evaluate(NAMESAKES)
    paste(page, "a1", "王五一\t能吃苦\n王五一(１９７２)\t肯带头\n王\u200b五一（甲）\t好\n")
    assert page.input_value("[name=a1]") == "好"
    assert page.input_value("[name=a2]") == "肯带头"
    assert page.locator("[data-grid-said]").inner_text() == "填入2行，1行没有对上。"


LONG_GRID = """() => {
    const table = document.querySelector("table[data-grid]");
    table.classList.add("paper", "count-table");
    table.parentElement.classList.add("grid-scroll");
    const row = table.tBodies[0].rows[0];
    for (let i = 0; i < 60; i++) table.tBodies[0].append(row.cloneNode(true));
}"""
HEADS_ARE_SEEN = """async () => {
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    const heads = document.querySelector(".count-table thead").getBoundingClientRect();
    const focused = document.activeElement.getBoundingClientRect();
    return heads.top >= 0 && heads.bottom <= focused.top && focused.bottom <= innerHeight;
}"""


def test_the_heads_of_a_long_grid_stay_in_sight(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto("/gallery")
    page.evaluate(LONG_GRID)
    for row in (-1, 20):
        page.locator(".count-table tbody tr").nth(row).locator("input").first.focus()
        assert page.evaluate(HEADS_ARE_SEEN)


def test_rows_past_the_end_of_a_grid_are_told(page):
    page.goto("/gallery")
    paste(page, "a2", "一\t二\n三\t四\n五\t六\n")
    assert page.input_value("[name=b3]") == "四"
    assert page.locator("[data-grid-said]").inner_text() == "填入2行，1行没有对上。"


def test_on_paper_a_long_card_begins_on_the_first_page(page):
    page.goto("/gallery")
    page.emulate_media(media="print")
    style = "(selector, name) => getComputedStyle(document.querySelector(selector))[name]"
    asked = f"([selector, name]) => ({style})(selector, name)"
    assert page.evaluate(asked, [".card", "breakInside"]) == "auto"
    assert page.evaluate(asked, [".list-table tr", "breakInside"]) == "avoid"
    assert page.evaluate(asked, [".btn-list", "display"]) == "none"
    for figure in page.locator(".chart canvas").all():
        assert figure.evaluate("(e) => e.clientWidth <= e.closest('.chart').clientWidth")
