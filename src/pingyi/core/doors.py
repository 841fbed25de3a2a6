"""Doors: where a lower room asks the rooms above, which it may not import.

The room that asks opens a door in its `doors` module and says what an answer looks like; a room
above offers its answer in `AppConfig.ready()`. A system check tries every answer beforehand.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from django.core import checks

T = TypeVar("T")
# Every door that was opened, for the check.
DOORS: "list[Door[Any]]" = []


class Door(Mapping[str, T]):
    """A question to the rooms above and their answers by key, in the order of INSTALLED_APPS.

    `shape` is what an answer must be: a class, or a Protocol that says how it is called. `flaw`
    looks closer where that is not all: what is wrong with an answer under its key, or nothing.
    """

    def __init__(
        self, name: str, shape: type[Any], flaw: Callable[[str, T], str] = lambda _key, _answer: ""
    ) -> None:
        self.name = name
        self._shape = shape
        self._flaw = flaw
        self._answers: dict[str, T] = {}
        self._again: list[str] = []
        DOORS.append(self)

    def offer(self, key: str, answer: T) -> None:
        """Answer under a key that nobody has used yet; the check reports a second answer."""
        if key in self._answers:
            self._again.append(key)
        self._answers.setdefault(key, answer)

    def faults(self) -> Iterator[str]:
        """What is wrong with the answers, each in a sentence that names the door and the key."""
        for key in self._again:
            yield f"Door “{self.name}”: “{key}” is offered twice."
        for key, answer in self.items():
            fault = misfit(answer, self._shape) or self._flaw(key, answer)
            if fault:
                yield f"Door “{self.name}”: what is offered as “{key}” {fault}."

    def __getitem__(self, key: str) -> T:
        return self._answers[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)


def misfit(answer: object, shape: type[Any]) -> str:
    """How an answer differs from its shape, as the end of a sentence; nothing where it fits."""
    if not getattr(shape, "_is_protocol", False):
        return "" if isinstance(answer, shape) else f"is no {shape.__name__}"
    if not callable(answer):
        return "cannot be called"
    asked = list(inspect.signature(shape.__call__).parameters.values())[1:]
    try:
        inspect.signature(answer).bind(
            *(each for each in asked if each.kind is not each.KEYWORD_ONLY),
            **{each.name: each for each in asked if each.kind is each.KEYWORD_ONLY},
        )
    except TypeError as error:
        return f"cannot be called as {shape.__name__} is: {error}"
    return ""


def check_doors(**_options: object) -> list[checks.CheckMessage]:
    """The system check: every answer fits its door, and none was offered twice."""
    return [checks.Error(fault, id="doors.E001") for door in DOORS for fault in door.faults()]
