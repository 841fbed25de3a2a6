"""A light mark that begins where a neighbour's stroke ends is asked about: it may be its rest."""

import cv2
import numpy as np
import pytest

from pingyi.paper.omr.acceptance import Voter
from pingyi.paper.omr.page import Reader
from pingyi.paper.omr.strokes import CUT_MM, Strokes, cut_off
from tests.paper.engine.conftest import PER_MM, Ticked, page

VOTER = Voter(tick=2.0, ticks=40, clarity=6.0)
ABOVE, BELOW, NOWHERE = 3, 7, -1


def strokes(*marks: tuple[int, float, tuple[float, float] | None]) -> Strokes:
    """Strokes: the cell, the mass in ticks of the voter, the place (mm) where it meets a rule."""
    none = np.zeros(len(marks))
    whole = np.zeros(0, np.intp)
    ends = [(number, at) for number, (_, _, at) in enumerate(marks) if at is not None]
    return Strokes(
        mass=np.array([mass * VOTER.tick for _, mass, _ in marks]),
        owner=np.array([cell for cell, _, _ in marks], np.intp),
        share=none, long=none, wide=none, solid=none > 0, peak=none,
        stroke=whole, cell=whole, part=np.zeros(0), spread=np.zeros(0), strands=np.zeros(0),
        end=np.array([number for number, _ in ends], np.intp),
        end_at=np.array([at for _, at in ends], np.float64).reshape(-1, 2),
    )  # fmt: skip


@pytest.mark.parametrize("above", [ABOVE, NOWHERE])
@pytest.mark.parametrize("share", [0.56, 0.74])
@pytest.mark.parametrize("away", [(0.0, 0.0), (CUT_MM, 0.5), (-2.0, -CUT_MM)])
def test_a_light_mark_is_asked_about(above: int, share: float, away: tuple[float, float]) -> None:
    found = strokes((above, 1.0, (50, 80)), (BELOW, share, (50 + away[0], 80 + away[1])))
    assert cut_off(found, VOTER) == {BELOW}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ((ABOVE, 1.0, (50, 80)), (BELOW, 0.76, (50, 80))),  # a whole tick of this voter
        ((ABOVE, 1.0, (50, 80)), (BELOW, 0.54, (50, 80))),  # no tick at all: weak ink anyway
        ((ABOVE, 1.0, (50, 80)), (BELOW, 0.7, (50 + CUT_MM + 0.1, 80))),  # too far along the rule
        ((ABOVE, 1.0, (50, 80)), (BELOW, 0.7, (50, 80 + CUT_MM + 0.1))),  # at another rule
        ((BELOW, 1.0, (50, 80)), (BELOW, 0.7, (50, 80))),  # both in one cell
        ((ABOVE, 1.0, None), (BELOW, 0.7, (50, 80))),  # the neighbour ends inside its cell
        ((ABOVE, 1.0, (50, 80)), (BELOW, 0.7, None)),  # the mark begins inside its own
        ((ABOVE, 1.0, (50, 80)), (NOWHERE, 0.7, (50, 80))),  # belongs to no cell
    ],
)
def test_any_other_mark_stands_for_itself(
    above: tuple[int, float, tuple[float, float] | None],
    below: tuple[int, float, tuple[float, float] | None],
) -> None:
    assert cut_off(strokes(above, below), VOTER) == set()


@pytest.mark.parametrize(
    ("away", "length", "reason"), [(2.0, 5.0, "between_cells"), (4.5, 6.0, None)]
)
def test_a_page_asks_about_the_rest_of_a_stroke(
    sheet: Ticked, reader: Reader, away: float, length: float, reason: str | None
) -> None:
    """A tick ends at the rule below it; a light stroke begins there, so many mm away, and goes on
    in the next row.
    """
    cells = {(cell.row, cell.item): cell for cell in reversed(sheet.layout.pages[0].cells)}
    above, below = cells[4, "service"], cells[5, "service"]
    grey, x, rule = sheet.grey.copy(), above.x + 4, below.y
    for cell in (above, below):
        left, top = round((cell.x + 0.6) * PER_MM), round((cell.y + 0.6) * PER_MM)
        grey[top : top + 7 * PER_MM, left : left + 9 * PER_MM] = 255
    for start, end, wide in (
        ((x - 3, rule - 6.5), (x, rule), 7),
        ((x + away, rule), (x + away + 1, rule + length), 4),
    ):
        pixels = np.round(np.array([start, end]) * PER_MM).astype(int).tolist()
        cv2.line(grey, *pixels, 40, wide, cv2.LINE_AA)
    found = {(one.row, one.item): one for one in reader.read(page(grey)).items}
    assert found[4, "service"].reason is None
    assert found[5, "service"].reason == reason
