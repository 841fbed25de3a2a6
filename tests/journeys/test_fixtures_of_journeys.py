"""The tools of the journeys can fail: seen once here, on pages made for it."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from pingyi.core.clock import day_of, read_now


def test_a_picture_without_words_is_a_barrier(
    page: Page, no_barriers: Callable[[Page], None]
) -> None:
    page.set_content('<html lang="en"><title>t</title><main><h1>t</h1><img src="data:,"></main>')
    with pytest.raises(AssertionError, match="image-alt"):
        no_barriers(page)


def test_a_plain_page_has_no_barrier(page: Page, no_barriers: Callable[[Page], None]) -> None:
    page.set_content('<html lang="en"><title>t</title><main><h1>Heading</h1><p>Text</p></main>')
    no_barriers(page)


def test_letters_are_set_in_the_typefaces_of_the_project_only(page: Page) -> None:
    page.set_content('<h1 style="font-family: PingFang SC, Arial">评议 pingyi</h1>')
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    heading = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})
    fonts = devtools.send("CSS.getPlatformFontsForNode", heading)["fonts"]
    assert {font["familyName"] for font in fonts} <= {"Noto Sans SC", "Noto Serif SC"}


def test_language_zone_and_day_are_not_those_of_the_machine(page: Page) -> None:
    zone = "Intl.DateTimeFormat().resolvedOptions().timeZone"
    assert page.evaluate(f"[navigator.language, {zone}]") == ["zh-CN", "Asia/Shanghai"]
    assert day_of(read_now()) == date(2026, 3, 10)
