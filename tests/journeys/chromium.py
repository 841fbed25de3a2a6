"""The browser of whoever drives pages: journeys, and the scripts that walk a whole county."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pylopdf_fonts_zh_cn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

# Playwright's synchronous interface keeps a loop running in this thread; Django sees it and
# refuses database work, although nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Without these Chromium asks its maker's hosts at every start, and will not run as root.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--lang=zh-CN",
]
# The only typefaces of the browser, whatever the machine has: widths and heights depend on them.
FONTS = """<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
</fontconfig>
"""
# Playwright asks elements whether they are seen by a method that came with Chromium 105. A selector
# engine is read wherever Playwright's own script is, so this one gives the method to older ones.
CHECK_VISIBILITY = """(() => {
    Element.prototype.checkVisibility ??= function () { return this.getClientRects().length > 0; };
    return { query: () => null, queryAll: () => [] };
})()"""
# What a page does when it has come or its size has changed is done after so many frames.
SETTLED = """async () => {
    const waits = () => document.querySelector(".htmx-request, .chart:not(:has(canvas))");
    await document.fonts.ready;
    for (let i = 0; i < 3 || waits(); i++) await new Promise(requestAnimationFrame);
}"""
StartBrowser = Callable[[str], Browser]
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}


def todays_browser() -> str:
    """The Chromium of the machine."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing: run scripts/need-chromium"
    return path


@contextmanager
def browsers(folder: Path) -> Iterator[StartBrowser]:
    """Starts the program of a browser with the typefaces of the project only, which it keeps in an
    empty folder.
    """
    fonts = folder / "fonts.conf"
    only = pylopdf_fonts_zh_cn.sans_path().parent
    fonts.write_text(FONTS.format(folder=only, cache=folder), encoding="utf-8")
    with sync_playwright() as playwright:
        playwright.selectors.register("visibility", CHECK_VISIBILITY)

        def start(path: str) -> Browser:
            return playwright.chromium.launch(
                executable_path=path,
                args=CHROMIUM_ARGUMENTS,
                # In a locale that the machine does not have, no file with a Chinese name is found.
                env={**os.environ, "LC_ALL": "C.UTF-8", "FONTCONFIG_FILE": str(fonts)},
            )

        yield start


class Windows:
    """Opens pages of a site, each as if on a machine of its own, and notes what the browser
    complains of: errors of scripts, refusals by the content security policy.
    """

    def __init__(self, browser: Browser, site: str, expected_statuses: set[int]) -> None:
        self.browser, self.site = browser, site
        self.expected_statuses = expected_statuses
        self.complaints: list[str] = []
        self._contexts: list[BrowserContext] = []

    def open(self, **options: object) -> Page:
        """A page on a laptop, or as the options say; addresses may be given without the site."""
        context = self.browser.new_context(
            **{
                "viewport": LAPTOP,
                "locale": "zh-CN",
                "timezone_id": "Asia/Shanghai",
                "base_url": self.site,
                **options,
            }  # type: ignore[arg-type]  the options of Playwright
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def close(self) -> None:
        """Close all of them."""
        for context in self._contexts:
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        is_expected = any(f" {one}" in message.text for one in self.expected_statuses)
        if message.type == "error" and not is_expected:
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


def settle(page: Page) -> None:
    """Wait until the page stands as it will: letters, charts, fragments that it has asked for."""
    page.wait_for_load_state()
    page.evaluate(SETTLED)
