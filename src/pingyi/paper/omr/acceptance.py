"""When a reading is accepted and when a person is asked: the whole rule, without pixels.

A scrutineer can be shown why: each item is either accepted, or doubtful for one reason of a closed
list. Masses are in mm² of full black; the voter's own median tick is the measure of all others
(design/paper.md, Read 5; requirements N8, N9).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal[
    "several_marks", "weak_ink", "heavy_ink", "stray_ink", "long_line", "between_cells",
    "blank_uncertain", "poor_registration", "no_ballot", "copies_differ",
]  # fmt: skip

LEAST_TICK, MOST_TICK = 0.55, 1.75
"""A mark is a tick when it holds between these shares of the voter's median tick. What is
lighter may be a stray stroke, or a neighbour's hook that a printed rule cuts off; what is heavier
may be a tick that was struck through.
"""
MORE_STRANDS = 0.8
"""A mark that lines across and down the cell meet so much more often than this voter's others is
a word or a scribble.
"""
WHOLE_TICK = 0.75
"""A lighter mark that begins at a rule where another stroke ends may be the rest of that one."""
OWN_SHARE = 0.61
"""A stroke belongs to a cell that holds at least this share of it."""
CLEAN = 0.10
"""A cell with less than this share of a tick is clean."""
LOOSE = 0.10
"""So much ink of strokes that belong to no cell may lie in an item."""
FOREIGN = 0.45
"""So much of a stroke that belongs to another item may reach into a marked item."""
INK_IN_BLANK = 0.04
"""Less ink than this, of whatever stroke, may lie in an item that is blank: a tick that covers
printed rules leaves little beside them.
"""
LEAST_MASS_MM2 = 0.25
"""Less is never taken for a tick when the voter's measure is sought."""
LEAST_TICKS = 3
"""A blank item is believed where at least so many ticks show how this voter's ink looks."""
STRONG_INK = 3.0
"""Ink is strong when it stands this many times above the threshold of ink."""
FADED, MOSTLY_EMPTY = 0.1, 0.5
"""Where ink is weak and more items than the first share show no tick, or anywhere more than the
second, ink may have been lost on the way: nothing on the page is believed.
"""
TRACE_MM2 = 0.35
"""So much of a cell may be a shade darker than paper, and the item still is blank."""


PART_LEAST, PART_MOST, PART_WIDE = 0.85, 1.6, 0.6
"""Ticks of several items that touch are told apart where each part holds between these shares of
the voter's median tick, and is at least so many times as wide: a line drawn down is narrow.
"""
REST = 0.4
"""So much of a tick may each of the ticks that touch leave outside its cell."""
MOST_TOUCHING = 3
"""A stroke over more rows than this may be a line drawn down, and is a question."""
KNOWN_TICKS = 6
"""Ticks that touch are told apart where so many that stand alone show how this voter ticks."""


@dataclass(frozen=True, slots=True)
class StrokePart:
    """What one stroke leaves in a cell of an item: mm² of full black, and how wide (mm) it is."""

    item: int
    mass: float
    wide: float


@dataclass(frozen=True, slots=True)
class CellInk:
    """What lies in one cell.

    `own` is the whole mass of the strokes that belong to it, `inside` their mass within the cell;
    `foreign` are parts of strokes that belong to other cells, `loose` parts of strokes that belong
    to none, `long` those of them that run over several cells. `trace` is the area (mm²) that is
    darker than paper, though too pale to be ink. `wide` (mm) is its widest stroke. `strands` is how
    often a line across and one down the cell meet its own strokes, in the mean: a tick about 2, a
    cross 4, a word more. `cut` says that its mark may be the end of a neighbour's.
    """

    own: float = 0.0
    inside: float = 0.0
    foreign: float = 0.0
    loose: float = 0.0
    long: float = 0.0
    solid: bool = False
    peak: float = 0.0
    wide: float = 0.0
    trace: float = 0.0
    strands: float = 0.0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Voter:
    """How this voter ticks: the median tick, how many there are, how clear the palest quarter of
    them is, the share of items that show none, how wide ticks are and how often lines meet them.
    """

    tick: float
    ticks: int
    clarity: float
    lost: float = 0.0
    wide: float = 0.0
    strands: float = 0.0


@dataclass(frozen=True, slots=True)
class Decision:
    """Marked options by index; no reason means accepted."""

    marked: tuple[int, ...]
    reason: Reason | None


def voter_of(items: Sequence[Sequence[CellInk]], *, threshold: float) -> Voter:
    """The voter's measure, from the heaviest mark of each item that has one."""
    heaviest = [max(item, key=lambda cell: cell.own) for item in items]
    ticks = [cell for cell in heaviest if cell.own >= LEAST_MASS_MM2 and not cell.solid]
    if not ticks:
        return Voter(0.0, 0, 0.0, 1.0)
    peaks = sorted(cell.peak for cell in ticks)
    clarity = peaks[len(peaks) // 4] / max(threshold, 1e-9)
    tick = median(cell.own for cell in ticks)
    lost = sum(cell.own < LEAST_TICK * tick for cell in heaviest) / len(heaviest)
    wide = median(cell.wide for cell in ticks)
    strands = median(cell.strands for cell in ticks)
    return Voter(tick, len(ticks), clarity, lost, wide, strands)


def touching(parts: Sequence[StrokePart], mass: float, voter: Voter) -> tuple[int, ...]:
    """Which parts of a stroke that belongs to no cell are ticks of several items, by index.

    Where one ticks largely, ticks of neighbouring rows touch. A single tick across a rule is not
    taken for two: its halves are too light. A line drawn down is too narrow or too long. Two ticks
    in one item are a question in any case. None where it is not plain.
    """
    if voter.ticks < KNOWN_TICKS:
        return ()
    ticks = [i for i, part in enumerate(parts) if part.mass >= PART_LEAST * voter.tick]
    items = {parts[i].item for i in ticks}
    if not 2 <= len(ticks) <= MOST_TOUCHING or len(items) < len(ticks):
        return ()
    if any(parts[i].mass > PART_MOST * voter.tick for i in ticks):
        return ()
    if any(parts[i].wide < PART_WIDE * voter.wide for i in ticks):
        return ()
    rest = mass - sum(parts[i].mass for i in ticks)
    return tuple(ticks) if rest <= REST * voter.tick * len(ticks) else ()


def decide(
    cells: Sequence[CellInk],
    voter: Voter,
    *,
    bilevel: bool,
    registered: bool = True,
    bare: bool = True,
) -> Decision:
    """One item, from its cells in the order of the options.

    `registered` says that most of the printed rules around it are where they should be, `bare` that
    all of them are: nothing lies on the item.
    """
    tick = voter.tick if voter.ticks else LEAST_MASS_MM2
    marked = tuple(i for i, cell in enumerate(cells) if cell.own >= CLEAN * tick)
    clear = tuple(i for i in marked if cells[i].own >= LEAST_TICK * tick)
    proposed = clear or marked
    if not registered:
        return Decision(proposed, "poor_registration")
    reason = _loose_ink(cells, tick) or _marks(cells, marked, clear, voter)
    if reason is None and not marked:
        reason = _blank(cells, voter, tick, bilevel=bilevel, bare=bare)
    if reason is None and _lost_ink(voter, bilevel=bilevel):
        reason = "weak_ink"
    return Decision(proposed, reason)


def _lost_ink(voter: Voter, *, bilevel: bool) -> bool:
    weak = bilevel or voter.clarity < STRONG_INK
    return voter.lost > MOSTLY_EMPTY or (weak and voter.lost > FADED)


def _loose_ink(cells: Sequence[CellInk], tick: float) -> Reason | None:
    if sum(cell.long for cell in cells) >= LOOSE * tick:
        return "long_line"
    if sum(cell.loose for cell in cells) >= LOOSE * tick:
        return "between_cells"
    return None


def _marks(
    cells: Sequence[CellInk], marked: tuple[int, ...], clear: tuple[int, ...], voter: Voter
) -> Reason | None:
    if not marked:
        return None
    tick = voter.tick if voter.ticks else LEAST_MASS_MM2
    if len(clear) > 1:
        return "several_marks"
    if not clear:
        return "weak_ink"
    cell = cells[clear[0]]
    if cell.solid or cell.own > MOST_TICK * tick:
        return "heavy_ink"
    if voter.ticks >= LEAST_TICKS and cell.strands > voter.strands + MORE_STRANDS:
        return "heavy_ink"
    if len(marked) > 1 or sum(one.foreign for one in cells) >= FOREIGN * tick:
        return "stray_ink"
    if cell.inside < OWN_SHARE * cell.own or cell.cut:
        return "between_cells"
    return None


def _blank(
    cells: Sequence[CellInk], voter: Voter, tick: float, *, bilevel: bool, bare: bool
) -> Reason | None:
    if sum(cell.own + cell.foreign + cell.loose for cell in cells) >= INK_IN_BLANK * tick:
        return "stray_ink"
    if any(cell.trace >= TRACE_MM2 for cell in cells):
        return "blank_uncertain"
    if not bare:
        return "blank_uncertain"
    if bilevel or voter.ticks < LEAST_TICKS or voter.clarity < STRONG_INK:
        return "blank_uncertain"
    return None
