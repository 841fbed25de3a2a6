"""What reviews ask of the rooms above; each answers in its AppConfig.ready()."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pingyi.core.doors import Door


@dataclass(frozen=True)
class Beside:
    """What is to be seen beside the form of a review: a title, and lines with a word to each."""

    title: str
    lines: Sequence[tuple[str, str]]


class BesideOf(Protocol):
    """What a room knows about whom is reviewed: a unit, or a person of the campaign."""

    def __call__(self, unit: Any, participant: Any, /) -> Beside | None: ...


# By room.
BESIDE: Door[BesideOf] = Door("beside a review", BesideOf)
