"""Five forms, eight troubles: what was typed is there again each time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from pingyi.accounts.models import User
from pingyi.appraisals.operations.counts import start_count
from pingyi.campaigns.models import Participant, Round, Unit
from pingyi.campaigns.operations.rounds import close_round
from pingyi.reviews.models import Meeting
from pingyi.reviews.operations.meetings import begin_meeting
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations import discard_roster, upload_roster
from pingyi.ui.models import Draft
from tests.appraisals.conftest import HELD_ON, plain, prepared
from tests.cast import PASSWORD, Register
from tests.journeys.conftest import NewPage, as_migrated

__all__ = ["plain", "prepared"]

LIST = "基层党组织编号,基层党组织\nT1-1,柳湾村党支部\n".encode()
TEXT = "带头修渠两公里，组织党员突击队清淤三次"


@dataclass(frozen=True)
class Typing:
    """A form, a field of it, what is typed there, and what else makes it be refused."""

    url: str
    field: str
    text: str
    wrong: dict[str, str]
    # Ends what the form is about, as somebody else does meanwhile.
    end: Callable[[], object]


@pytest.fixture
def expected_statuses() -> set[int]:
    """A page without a session is told so."""
    return {401, 403, 422}


@pytest.fixture(autouse=True)
def _as_migrated(live_server: object) -> None:
    as_migrated()


@pytest.fixture
def typings(
    register: Register,
    first_round: Round,
    units: dict[str, Unit],
    participants: dict[str, Participant],
    prepared: Callable[..., Any],
    nothing_owed: None,
    now: datetime,
) -> dict[str, Typing]:
    village, by_nobody = units["T1-1"], {"by": None, "now": now}
    appraisal = prepared(village)
    start_count(
        round_=appraisal.round, unit=appraisal.unit, form="annex4", counted_on=HELD_ON, **by_nobody
    )
    meeting = begin_meeting(
        round_=first_round, unit=village, reviewer=participants["village_secretary"],
        form="meeting", held_on=HELD_ON, place="村部", **by_nobody,
    )  # fmt: skip
    roster = upload_roster(
        content=LIST, filename="名单.csv", scope=register.t1, effective_on=HELD_ON, **by_nobody
    )
    member = participants["village_member"].pk

    def close() -> None:
        close_round(round_=first_round, **by_nobody)

    def discard() -> None:
        discard_roster(roster_import=RosterImport.objects.get(pk=roster.pk), **by_nobody)

    here = f"/appraisals/cx2011/first/{village.code}/"
    cell = f"p{member}-achievements"
    return {
        "grid": Typing(f"/reviews/cx2011/meetings/{meeting.pk}/", cell, "好", {}, close),
        "single review": Typing(
            f"/reviews/cx2011/rounds/first/people/{member}/review/",
            "achievements",
            TEXT,
            {"held_on": "2030-01-01", "place": "村部"},
            close,
        ),
        "stage": Typing(f"{here}stages/opinions/", "content", TEXT, {"held_on": ""}, close),
        "count": Typing(f"{here}count/annex4/", "due", "13", {"present": "十一"}, close),
        "columns": Typing(
            f"/register/import/{roster.pk}/columns/levels/",
            "name_1",
            "基层党组织",
            {"code_1": ""},
            discard,
        ),
    }


@dataclass
class Desk:
    """Somebody at a browser of their own, signed in."""

    page: Page
    typing: Typing

    def sign_in(self, page: Page) -> None:
        page.fill("input[name=username]", "clerk")
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)

    def begin(self) -> "Desk":
        self.page.goto("/accounts/sign-in/")
        self.sign_in(self.page)
        return self

    def open(self) -> None:
        self.page.goto(self.typing.url)

    @property
    def box(self) -> Locator:
        return self.page.locator(f"main form [name='{self.typing.field}']")

    def write(self, text: str = "") -> str:
        """Types as somebody does, and gives what stands there then."""
        text = text or self.typing.text
        if self.box.evaluate("box => box.tagName") == "SELECT":
            self.box.select_option(text)
        else:
            self.box.fill(text)
        return text

    def written(self, text: str = "") -> str:
        """The same, until it is kept."""
        text = self.write(text)
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('[data-draft-state], #draft-state')]"
            ".some((state) => state.textContent.trim())"
        )
        return text

    def sees(self, text: str) -> None:
        """The text stands in its box, or beside the refusal where there is no box any more."""
        self.page.wait_for_function(
            """([name, text]) => {
                const boxes = [...document.getElementsByName(name)];
                const words = [...document.querySelectorAll("main dd")];
                return boxes.some((box) => box.value === text)
                    || words.some((words) => words.textContent === text);
            }""",
            arg=[self.typing.field, text],
        )

    def send(self) -> None:
        # What is opened next would be broken off by the answer that still comes.
        with self.page.expect_navigation():
            self.page.locator("main form button.btn-primary").first.click()
            asked = self.page.locator("#confirm [value=yes]")
            if asked.is_visible():
                asked.click()


def refused(desk: Desk, new_desk: Callable[[], Desk]) -> None:
    desk.open()
    text = desk.write()
    desk.page.evaluate(
        "() => document.querySelectorAll('form').forEach((f) => (f.noValidate = true))"
    )
    for name, value in desk.typing.wrong.items():
        field = desk.page.locator(f"main form [name='{name}']")
        field.select_option(value) if name == "code_1" else field.fill(value)
    desk.send()
    desk.sees(text)
    desk.page.goto("/")
    desk.open()
    desk.sees(text)


def session_ended(desk: Desk, new_desk: Callable[[], Desk]) -> None:
    desk.open()
    desk.page.context.clear_cookies(name="sessionid")
    text = desk.write()
    desk.page.locator("#ended").wait_for()
    desk.sees(text)
    with desk.page.context.expect_page() as opened:
        desk.page.locator("#ended a").click()
    desk.sign_in(opened.value)
    opened.value.close()
    desk.page.bring_to_front()
    desk.page.evaluate("() => dispatchEvent(new Event('focus'))")
    desk.page.locator("#ended").wait_for(state="hidden")
    desk.written(text)
    desk.sees(text)
    desk.open()
    desk.sees(text)


def signed_in_elsewhere(desk: Desk, new_desk: Callable[[], Desk]) -> None:
    """The page has not noticed that its session ended, and another has begun."""
    desk.open()
    desk.page.context.clear_cookies(name="sessionid")
    other = desk.page.context.new_page()
    other.goto("/accounts/sign-in/")
    desk.sign_in(other)
    other.close()
    text = desk.written()
    desk.sees(text)
    desk.open()
    desk.sees(text)


def sent_without_a_session(desk: Desk, new_desk: Callable[[], Desk]) -> None:
    """Before the page has noticed: the sign-in takes the text along."""
    desk.open()
    text = desk.write()
    desk.page.context.clear_cookies(name="sessionid")
    desk.page.evaluate(
        "() => document.querySelectorAll('form').forEach((f) => (f.noValidate = true))"
    )
    desk.send()
    desk.sign_in(desk.page)
    desk.sees(text)


def second_device(desk: Desk, new_desk: Callable[[], Desk]) -> None:
    desk.open()
    text = desk.written()
    other = new_desk()
    other.open()
    other.sees(text)
    other.page.close()
    desk.sees(text)
    desk.open()
    desk.sees(text)


def back_button(desk: Desk, new_desk: Callable[[], Desk]) -> None:
    desk.open()
    text = desk.write()
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.locator(".rail a.brand").click()
    desk.page.wait_for_url("**/")
    desk.page.go_back()
    desk.sees(text)


def laptop_closed(desk: Desk, new_desk: Callable[[], Desk]) -> None:
    desk.open()
    text = desk.written()
    desk.page.close()
    desk.page = new_desk().page
    desk.open()
    desk.sees(text)


def round_closed(desk: Desk, new_desk: Callable[[], Desk]) -> None:
    desk.open()
    text = desk.written()
    desk.typing.end()
    desk.send()
    desk.sees(text)
    desk.open()
    desk.sees(text)


TROUBLES = [
    refused,
    session_ended,
    signed_in_elsewhere,
    sent_without_a_session,
    second_device,
    back_button,
    laptop_closed,
    round_closed,
]


@pytest.mark.parametrize("name", ["grid", "single review", "stage", "count", "columns"])
def test_what_was_typed_is_there_again(
    name: str, typings: dict[str, Typing], clerk_user: User, new_page: NewPage
) -> None:
    typing = typings[name]

    def new_desk() -> Desk:
        return Desk(new_page(), typing).begin()

    desk = new_desk()
    for trouble in TROUBLES:
        # The server writes in this process too.
        desk.page.wait_for_load_state("networkidle")
        Draft.objects.all().delete()
        Meeting.objects.update(draft={})
        trouble(desk, new_desk)
