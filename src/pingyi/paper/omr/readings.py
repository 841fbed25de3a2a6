"""What the engine says about one page."""

from dataclasses import dataclass, field
from typing import Literal

from pingyi.paper.omr.acceptance import Reason
from pingyi.paper.omr.forms import Box
from pingyi.paper.omr.images import Grey

Kind = Literal["grey", "bilevel", "photo"]
Rejection = Literal[
    "no_markers", "blank_page", "mirrored", "unknown_form", "other_layout", "qr_unreadable",
    "overlapping_sheets", "poor_registration",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemReading:
    """One item: the marked options, and whether they are accepted or why a person is asked."""

    item: str
    row: int | None
    marked: tuple[str, ...]
    state: Literal["accepted", "doubtful"]
    reason: Reason | None
    crop: Box


@dataclass(frozen=True, slots=True)
class Reading:
    """One page. `ink` holds the ink of each cell in ticks of this voter; `sheet` is the table
    straightened to 6 px/mm from `corner` (mm), for crops; `stages` are CPU seconds.
    """

    status: Literal["read", "rejected"]
    reason: Rejection | None
    kind: Kind
    ballot: str | None = None
    layout: str | None = None
    k: int | None = None
    of: int | None = None
    rotation: int | None = None
    skew: float | None = None
    quality: float | None = None
    resolution: int | None = None
    items: tuple[ItemReading, ...] = ()
    ink: tuple[float, ...] = ()
    sheet: Grey | None = None
    corner: tuple[float, float] = (0.0, 0.0)
    stages: dict[str, float] = field(default_factory=dict)
