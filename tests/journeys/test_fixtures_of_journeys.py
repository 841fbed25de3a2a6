"""The tools of the journeys can fail: seen once here, on pages made for it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


def test_a_picture_without_words_is_a_barrier(
    page: Page, no_barriers: Callable[[Page], None]
) -> None:
    page.set_content('<html lang="en"><title>t</title><main><h1>t</h1><img src="data:,"></main>')
    with pytest.raises(AssertionError, match="image-alt"):
        no_barriers(page)


def test_a_plain_page_has_no_barrier(page: Page, no_barriers: Callable[[Page], None]) -> None:
    page.set_content('<html lang="en"><title>t</title><main><h1>Heading</h1><p>Text</p></main>')
    no_barriers(page)
