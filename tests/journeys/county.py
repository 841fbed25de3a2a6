"""Units of a county that report through the pages, and the office that answers them there."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from threading import Thread
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Page

from pingyi.accounts.enums import Role
from pingyi.accounts.operations import create_account
from pingyi.campaigns.models import Unit
from pingyi.core.clock import read_now
from pingyi.demo.build import PASSWORD
from tests.journeys.chromium import Windows
from tests.journeys.returning import (
    corrects,
    figure_of,
    press,
    reports,
    says,
    sends_back,
    signed_in,
    text_of,
)

OWN = "Walking-2011-tables"
FOOT = {"负责人": "某人（虚构）", "填表人": "某人（虚构）", "联系电话": "0730-5550101"}
WHY = "两个支部合用一名书记"
LESS, BACK = "一名党员六月已转出，尚未登记", "与名册相差一人，请核对六月转出的党员"
AMENDED = "一名党员的组织关系已转接，现予更正"


@contextmanager
def served() -> Iterator[str]:
    """The program as a site of its own on this machine; its address."""
    program = get_wsgi_application()
    # It would write a line for every page.
    logging.getLogger("django.server").setLevel(logging.ERROR)
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.daemon_threads = True
    server.set_app(program)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class County:
    """The pages of a first round: clerks of units, and the office of the county."""

    def __init__(self, windows: Windows, campaign: str) -> None:
        self.windows, self.found = windows, Counter[str]()
        self.board = f"/tables/{campaign}/first/"
        self.office = signed_in(windows.open(), "office", PASSWORD)

    def page_of(self, unit: Unit, table: Any) -> str:
        return f"{self.board}{unit.code}/?table={table.code}"

    def employs(self, units: Sequence[Unit]) -> None:
        """Each unit gets somebody who fills in its tables."""
        for unit in units:
            create_account(
                username=f"walk-{unit.code}", name="经办人（虚构）", password=OWN, role=Role.CLERK,
                organization=unit.organization, by=None, now=read_now(),
            )  # fmt: skip

    @contextmanager
    def clerk_of(self, unit: Unit) -> Iterator[Page]:
        """Somebody of the unit, signed in on a machine of their own."""
        page = signed_in(self.windows.open(), f"walk-{unit.code}", OWN)
        yield page
        page.context.close()

    def extends(self, unit: Unit, table: Any, until: date) -> None:
        """A unit gets another day for a table."""
        typed = {"新的截止日期": until.isoformat(), "理由": WHY}
        self._decides(unit, table, "延期", typed, "已延期：")

    def waives(self, unit: Unit, table: Any, *, claimed: bool = False) -> None:
        """A table need not be answered; or is asked for again."""
        self._decides(unit, table, "免报", {"理由": WHY}, "免报：")
        if claimed:
            press(self.office, "恢复报送")
            assert "免报：" not in text_of(self.office)

    def _decides(self, unit: Unit, table: Any, deed: str, typed: dict[str, str], said: str) -> None:
        self.office.goto(self.page_of(unit, table))
        press(self.office, deed)
        for label, text in typed.items():
            self.office.get_by_label(label).fill(text)
        press(self.office, deed)
        assert said in text_of(self.office), text_of(self.office)

    def reports(self, unit: Unit, tables: Sequence[Any], *, less_in: Any = None) -> None:
        """The clerk checks and submits tables; in one of them a figure is made less by one."""
        with self.clerk_of(unit) as clerk:
            if less_in is not None:
                words, number = figure_of(clerk, self.page_of(unit, less_in), "党员数")
                says(clerk, words, number - 1, LESS)
            for table in tables:
                reports(clerk, self.page_of(unit, table), FOOT, WHY)
                self.found["tables submitted through the pages"] += 1

    def sends_back(self, unit: Unit, table: Any) -> None:
        """The office sees the figure that is not as counted, and sends it back with a reason."""
        words, _number = figure_of(self.office, self.page_of(unit, table), "党员数")
        assert LESS in text_of(self.office)
        sends_back(self.office, {words: BACK})
        self.found["tables sent back by cell"] += 1

    def mends(self, unit: Unit, table: Any) -> None:
        """The clerk reads the reason, follows it to the figure, puts it right and submits again."""
        with self.clerk_of(unit) as clerk:
            _words, number = figure_of(clerk, self.page_of(unit, table), "党员数")
            assert BACK in text_of(clerk)
            press(clerk, clerk.locator("main .said-of-cells dt a").inner_text())
            corrects(clerk, number + 1)
            reports(clerk, self.page_of(unit, table), FOOT, WHY)
            self.found["tables put right and submitted again"] += 1

    def amends(self, unit: Unit, table: Any) -> None:
        """An accepted table is sealed anew with its cause, and examined by itself."""
        with self.clerk_of(unit) as clerk:
            reports(clerk, self.page_of(unit, table), FOOT, AMENDED, button="更正")
        self.office.goto(self.page_of(unit, table))
        assert AMENDED in text_of(self.office)
        press(self.office, "接收")
        self.found["amendments accepted"] += 1

    def answers_all(self) -> None:
        """The clean ones together, then each of those that want a look: the first from the list,
        from each to the next.
        """
        office, todo = self.office, f"{self.board}-/accept/"
        office.goto(todo)
        together = office.locator("input[name=returns]:checked").count()
        press(office, "接收勾选的报表")
        self.found["accepted together"] += together
        further = office.locator("main .list-table th a")
        while further.count():
            with office.expect_navigation():
                further.first.click()
            press(office, "接收")
            self.found["accepted one by one"] += 1
            further = office.locator("main a", has_text="审核下一张：")
        office.goto(todo)
        assert "没有待审核的报表" in text_of(office), text_of(office)

    def seals_the_top(self, top: Unit, tables: Sequence[Any]) -> None:
        """The office of the county seals and submits what was added up."""
        for table in tables:
            reports(self.office, self.page_of(top, table), FOOT, WHY)

    def on_the_board(self) -> Counter[str]:
        """How many fields of the board say what, over all its pages."""
        said: Counter[str] = Counter()
        address = self.board
        while address:
            self.office.goto(address)
            fields = self.office.locator("main table.list-table").first.locator(
                "tbody td:has(.state)"
            )
            said.update(" ".join(text.split()) for text in fields.all_inner_texts())
            further = self.office.locator("main a[rel=next]")
            address = str(further.get_attribute("href")) if further.count() else ""
            address = f"{self.board}{address}" if address else ""
        return said

    def figures_of(self, top: Unit, table: Any) -> dict[str, int]:
        """The figures of a roll-up as they stand on its page, by the cells that they lead to."""
        self.office.goto(f"{self.board}{top.code}/rollup/?table={table.code}")
        links = self.office.locator("main table.paper td a")
        shown = links.evaluate_all("all => all.map((a) => [a.pathname, a.firstChild.data])")
        return {address.split("/")[-2]: int(number) for address, number in shown}
