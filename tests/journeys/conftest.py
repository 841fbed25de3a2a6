"""A real browser against a real server. Journeys are marked `journey`: make journeys."""

import os
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.journeys.chromium import (
    LAPTOP,
    PHONE,
    StartBrowser,
    Windows,
    browsers,
    settle,
    todays_browser,
)

__all__ = [
    "LAPTOP",
    "PHONE",
    "Look",
    "NewPage",
    "StartBrowser",
    "as_migrated",
    "settle",
    "todays_browser",
]

# What breaks a rule, with a few of the elements.
VIOLATIONS = """async (contrast) => {
    const rules = { "color-contrast": { enabled: contrast } };
    const found = await axe.run({ resultTypes: ["violations"], rules });
    return found.violations.map(({ id, impact, help, nodes }) => (
        { id, impact, help, nodes: nodes.slice(0, 5).map((node) => node.html.slice(0, 200)) }
    ));
}"""
NO_EMPTY_STYLES = """for (const one of document.querySelectorAll("[style='']")) {
    one.removeAttribute("style");
}"""
# A Tuesday morning on which every journey begins.
MORNING = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
GRAVE = {"serious", "critical"}
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "img"


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, object, object]:
    """Everything in this folder is a journey. Of two processes each begins with a long one."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.journey)
    result = yield
    long = [item for item in items if "county" in getattr(item, "fixturenames", ())]
    short = [item for item in items if item not in long]
    # Among others the order is not for this folder to choose.
    if long and all(item.get_closest_marker("journey") for item in items):
        half = len(items) // 2 - 1
        items[:] = [*long[:1], *short[:half], *long[1:], *short[half:]]
    return result


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A file, as users have one: in memory all threads of the server share one connection, on which
    two requests at once are refused ("database table is locked") as nobody's are.
    """
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(autouse=True)
def _it_is_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's clock starts in the morning of one day: no journey passes midnight."""
    begun, real = timezone.now(), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: MORNING + (real() - begun))


@pytest.fixture(scope="session")
def start_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartBrowser]:
    """Starts the program of a browser with the typefaces of the project only."""
    with browsers(tmp_path_factory.mktemp("fonts")) as start:
        yield start


@pytest.fixture(scope="session")
def browser(start_browser: StartBrowser) -> Iterator[Browser]:
    browser = start_browser(todays_browser())
    yield browser
    browser.close()


NewPage = Callable[..., Page]
Look = Callable[..., None]


def as_migrated() -> None:
    """Sectors and leader categories, which the journey before has taken away with everything.

    Playwright's loop gives this thread a connection of its own, which knows nothing of
    `serialized_rollback`.
    """
    import_module("pingyi.organizations.migrations.0002_classification").load(apps, None)


@pytest.fixture
def migrated(transactional_db: None) -> None:
    """For journeys with people of the cast: it rests on what migrations have put in."""
    as_migrated()


@pytest.fixture
def expected_statuses() -> set[int]:
    """What the console may note: a form that was filled in wrongly comes back with 422."""
    return {422}


@pytest.fixture
def new_page(
    browser: Browser, live_server: object, expected_statuses: set[int]
) -> Iterator[NewPage]:
    """Opens pages: `new_page()`, `new_page(viewport=PHONE)`, `new_page(java_script_enabled=False)`.

    Addresses may be given without the server. A script error or a refusal by the content security
    policy fails the journey at its end.
    """
    as_migrated()
    windows = Windows(browser, str(live_server), expected_statuses)
    yield windows.open
    windows.close()
    assert not windows.complaints, "The browser complained:\n" + "\n".join(windows.complaints)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page on a laptop."""
    return new_page()


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A page on a small phone."""
    return new_page(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def no_barriers() -> Look:
    """Fails where axe finds a serious or critical barrier on the page as it stands.

    Contrast, most of the work, can be left out: `no_barriers(page, contrast=False)`.
    """
    axe = Axe()

    def look(page: Page, *, contrast: bool = True) -> None:
        # Half a megabyte of script: a page that is looked at in two sizes gets it once.
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe.axe_script)
        grave = [
            f"{one['id']} ({one['impact']}): {one['help']}\n    " + "\n    ".join(one["nodes"])
            for one in page.evaluate(VIOLATIONS, contrast)
            if one["impact"] in GRAVE
        ]
        assert not grave, f"{page.url} has barriers:\n" + "\n".join(grave)

    return look


@pytest.fixture
def picture(pytestconfig: pytest.Config) -> Callable[[Page, str], None]:
    """Keeps a picture for the documentation: `picture(page, "home")` is docs/img/home.png.

    Only with PINGYI_PICTURES=1, so that a plain run changes no committed file.
    """

    def keep(page: Page, name: str) -> None:
        if os.environ.get("PINGYI_PICTURES") == "1":
            IMAGES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
            # Hiding the caret leaves `style=""`, which a fragment would take over, and the policy
            # refuses.
            page.evaluate(NO_EMPTY_STYLES)

    return keep
