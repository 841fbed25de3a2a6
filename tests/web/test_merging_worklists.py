"""The home page merges what the rooms offer, and orders it; it knows none of them by name."""

from datetime import date

import pytest

from pingyi.accounts.models import User
from pingyi.ui.doors import WORKLISTS, Item, Worklist
from pingyi.web.queries.worklists import worklists

TODAY = date(2011, 6, 20)


def item(what: str, state: str = "todo", due_on: date | None = None) -> Item:
    return Item(what, "", due_on, state, "/", "")


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> dict[str, Worklist]:
    """What each room has to say, the lowest first."""
    said: dict[str, Worklist] = {}
    asked = {room: lambda *_, room=room: said[room] for room in ("lower", "upper")}
    monkeypatch.setattr(WORKLISTS, "_answers", asked)
    return said


def test_what_is_owed_is_ordered_by_its_day_late_on_top(rooms: dict[str, Worklist]) -> None:
    rooms["lower"] = Worklist([item("no day"), item("later", due_on=date(2011, 7, 9))])
    rooms["upper"] = Worklist(
        [
            item("earlier", due_on=date(2011, 7, 1)),
            item("soon", "soon", date(2011, 6, 22)),
            item("late", "late", date(2011, 6, 19)),
            item("same day", due_on=date(2011, 7, 9)),
        ]
    )
    owed = worklists(User(), [], TODAY).owed
    assert [each.what for each in owed] == [
        "late", "soon", "earlier", "later", "same day", "no day",
    ]  # fmt: skip


def test_what_waits_is_late_on_top_then_from_the_upper_rooms_down(
    rooms: dict[str, Worklist],
) -> None:
    rooms["lower"] = Worklist(waiting=[item("import"), item("round", "late", date(2011, 6, 19))])
    rooms["upper"] = Worklist(waiting=[item("flag"), item("meeting", due_on=date(2011, 6, 30))])
    waiting = worklists(User(), [], TODAY).waiting
    assert [each.what for each in waiting] == ["round", "flag", "meeting", "import"]
