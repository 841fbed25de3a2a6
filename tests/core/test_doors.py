"""Doors: an answer that does not fit, or is offered twice, is named before anybody asks."""

from datetime import date
from io import StringIO
from typing import Any, Protocol

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from pingyi.core import doors
from pingyi.core.doors import Door, check_doors


class Counter(Protocol):
    def __call__(self, place: str, /, *, on: date) -> int: ...


def counted(where: str, *, on: date) -> int:
    return len(where) + on.day


def without_a_day(where: str) -> int:
    return len(where)


def with_somebody(where: str, *, on: date, by: str) -> int:
    return len(where + by) + on.day


def by_keyword_only(*, place: str, on: date) -> int:
    return len(place) + on.day


def oddity(_key: str, number: int) -> str:
    return "is odd" if number % 2 else ""


@pytest.fixture(autouse=True)
def _no_other_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "DOORS", [])


def faults() -> list[str]:
    return [str(message.msg) for message in check_doors()]


def test_answers_are_found_by_key_in_the_order_they_were_offered() -> None:
    door: Door[Counter] = Door("counters", Counter)
    door.offer("letters", counted)
    door.offer("again", counted)
    assert list(door) == ["letters", "again"]
    assert door["letters"]("abc", on=date(2011, 6, 1)) == 4
    assert (len(door), door.get("nobody"), "again" in door) == (2, None, True)
    assert not faults()


def test_a_second_answer_under_a_key_is_named_and_left_out() -> None:
    door: Door[int] = Door("numbers", int)
    door.offer("one", 1)
    door.offer("one", 11)
    assert dict(door) == {"one": 1}
    assert faults() == ["Door “numbers”: “one” is offered twice."]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("pingyi.nowhere.counted", "cannot be called"),
        (without_a_day, "cannot be called as Counter is: "),
        (with_somebody, "missing a required argument: 'by'"),
        (by_keyword_only, "too many positional arguments"),
    ],
)
def test_an_answer_that_cannot_be_called_as_asked_is_named(answer: Any, said: str) -> None:
    door: Door[Counter] = Door("counters", Counter)
    door.offer("wrong", answer)
    [fault] = faults()
    assert fault.startswith("Door “counters”: what is offered as “wrong” cannot be called")
    assert said in fault


def test_an_answer_of_another_kind_is_named() -> None:
    door: Door[Any] = Door("days", date)
    door.offer("today", "2011-06-01")
    assert faults() == ["Door “days”: what is offered as “today” is no date."]


def test_a_door_may_look_closer() -> None:
    door = Door("even", int, oddity)
    door.offer("two", 2)
    door.offer("three", 3)
    assert faults() == ["Door “even”: what is offered as “three” is odd."]


def test_every_command_of_django_checks_the_doors() -> None:
    door: Door[int] = Door("numbers", int)
    door.offer("one", 1)
    call_command("check", "--program", stdout=StringIO())
    door.offer("one", 1)
    with pytest.raises(SystemCheckError, match="“one” is offered twice"):
        call_command("check", "--program", stdout=StringIO())
