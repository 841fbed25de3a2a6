"""Reads one page: finds the sheet, fits its grid, weighs its strokes, decides its items."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from pingyi.paper.omr import acceptance, markers, placing, qr
from pingyi.paper.omr.codes import SheetCode
from pingyi.paper.omr.forms import FormPage, Forms
from pingyi.paper.omr.images import Grey, PageImage
from pingyi.paper.omr.ink import Ink, ink_of, paper_white, rectified
from pingyi.paper.omr.layout import Layout, Page
from pingyi.paper.omr.placing import Placing
from pingyi.paper.omr.readings import ItemReading, Kind, Reading, Rejection
from pingyi.paper.omr.registration import Floats, Registration, registered
from pingyi.paper.omr.strokes import cut_off, ink_by_cell, parted, strokes_of, traces

LEAST_LONG_SIDE = 1700
"""The table is straightened from an image reduced whole times, but not below this (pixels)."""
LEAST_AGREEMENT = 0.62
"""A page whose rules are seen less often where they should be is not read."""
SURELY_ALONE = 0.95
"""Where fewer rules agree, something may lie on the sheet: another one is looked for."""
LEAST_NEAR, ALL_NEAR = 0.5, 0.9
"""An item whose rules are seen less often than the first is a question; one that would be blank
already below the second: a note or a strip of paper may hide a mark.
"""
LEAST_SHORT_SIDE = 200
"""Smaller pictures (pixels) cannot show a marker of 8 mm on A4."""
MOST_SHIFT_MM, SURE_AGREEMENT = 5.5, 0.85
"""Paper that bends by more than half a row is read only where nearly all rules agree on it."""
DARK, BLANK_SHARE = 190, 0.001
"""The share of an empty page that may be dark all the same: dust, shadows of an edge."""
INCH_MM = 25.4


@dataclass(slots=True)
class Clock:
    """CPU seconds of this process by stage; only for statistics."""

    stages: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=time.process_time)

    def lap(self, stage: str) -> None:
        """Count what has passed since the last lap for a stage."""
        now = time.process_time()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self.last
        self.last = now


@dataclass(frozen=True, slots=True)
class Located:
    """A sheet found in the image: how it lies, what its QR says, which form page that is."""

    placing: Placing
    code: SheetCode | None
    form: FormPage


class Reader:
    """Reads pages printed with any of the layouts given."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self._forms = Forms(layouts)

    def read(self, image: PageImage) -> Reading:
        """Everything about one page; never raises for what an image shows."""
        clock = Clock()
        kind: Kind = "bilevel" if image.bilevel else "grey"
        work = markers.shrunk(image.grey, max(1, max(image.grey.shape) // LEAST_LONG_SIDE))
        small = min(work.shape) < LEAST_SHORT_SIDE
        found = _rejected("no_markers") if small else self._locate(image, work, clock)
        if not isinstance(found, Located):
            return replace(found, kind=kind, stages=clock.stages)
        return replace(self._read(image, work, found, kind, clock), stages=clock.stages)

    # ---- finding the sheet ----------------------------------------------------------------------

    def _locate(self, image: PageImage, work: Grey, clock: Clock) -> Located | Reading:
        found = _markers_in(work)
        clock.lap("markers")
        if markers.repeated(found):
            return _rejected("overlapping_sheets")
        if len(found) >= 3:
            located = self._by_markers(image, work, found)
        else:
            located = self._by_qr(work, found)
        clock.lap("qr")
        return located

    def _by_markers(
        self, image: PageImage, work: Grey, found: Sequence[markers.Found]
    ) -> Located | Reading:
        laid: list[tuple[Page, Placing]] = []
        for page in self._forms.geometries():
            placed = placing.by_markers(page, found)
            if placed is None:
                continue
            laid.append((page, placed))
            code = qr.in_place(work, page, placed)
            if code is None and (work is not image.grey or image.full is not None):
                code = _in_full(image, work, page, placed)
            if code is not None:
                return self._named(code, found, None)
        if not laid:
            several = len(found) == 4 or markers.repeated([*found, *markers.in_page(work)])
            return _rejected("overlapping_sheets" if several else "no_markers")
        return self._without_code(work, found)

    def _without_code(self, work: Grey, found: Sequence[markers.Found]) -> Located | Reading:
        """A sheet whose QR is not where it should be: elsewhere, foreign, or spoilt."""
        seen = qr.anywhere(work)
        ours = [one for one in seen if one.code is not None]
        if len({one.code.ballot for one in ours if one.code}) > 1:
            return _rejected("overlapping_sheets")
        if ours and ours[0].code is not None:
            return self._named(ours[0].code, found, ours[0].corners)
        if seen:
            return _rejected("unknown_form")
        return self._guessed(work, found)

    def _guessed(self, work: Grey, found: Sequence[markers.Found]) -> Located | Reading:
        """The form whose grid alone fits; rejected where none or several do, or another sheet lies
        upon it.
        """
        fits = []
        for form in self._forms.all():
            placed = placing.by_markers(form.page, found)
            if placed is not None:
                grid = registered(work, _white(work), form.pieces, placed)
                if _fits(grid):
                    fits.append(Located(placed, None, form))
        if len(fits) == 1:
            return fits[0]
        laid = [(page, placing.by_markers(page, found)) for page in self._forms.geometries()]
        several = any(
            placed is not None and _has_other_sheet(work, placed, page) for page, placed in laid
        )
        return _rejected("overlapping_sheets" if several else "qr_unreadable")

    def _by_qr(self, work: Grey, found: Sequence[markers.Found]) -> Located | Reading:
        """A page with fewer than three markers."""
        seen = qr.anywhere(work)
        ours = [one for one in seen if one.code is not None]
        if len({one.code.ballot for one in ours if one.code}) > 1:
            return _rejected("overlapping_sheets")
        if not ours or ours[0].code is None:
            return _nothing_of_ours(work, found, foreign=bool(seen))
        if len(found) < 2 and _is_mirrored(work):
            return _rejected("mirrored", ours[0].code)
        return self._named(ours[0].code, found, ours[0].corners)

    def _named(
        self, code: SheetCode, found: Sequence[markers.Found], corners: markers.Points | None
    ) -> Located | Reading:
        """The sheet a QR names, laid over its markers (and the QR, where they are few)."""
        if not self._forms.knows(code):
            return _rejected("other_layout", code)
        form = self._forms.of(code)
        if form is None or form.page.of != code.of:
            return _rejected("other_layout", code)
        placed = placing.by_markers(form.page, found) if len(found) >= 3 else None
        if placed is None and corners is not None:
            placed = placing.by_markers_and_qr(form.page, found, corners)
        if placed is None:
            return _rejected("no_markers" if len(found) < 3 else "overlapping_sheets", code)
        return Located(placed, code, form)

    # ---- reading the table ----------------------------------------------------------------------

    def _read(
        self, image: PageImage, work: Grey, found: Located, kind: Kind, clock: Clock
    ) -> Reading:
        form, code = found.form, found.code
        grid = registered(work, _white(work), form.pieces, found.placing, _anchor(found))
        clock.lap("registration")
        facts = _facts(image, work, found, grid, kind)
        several = grid.agreement < SURELY_ALONE and _has_other_sheet(work, found.placing, form.page)
        if several or not _fits(grid):
            reason: Rejection = "overlapping_sheets" if several else "poor_registration"
            return replace(facts, status="rejected", reason=reason)
        sheet = rectified(work, form.table, grid)
        clock.lap("straightening")
        ink = ink_of(sheet, form.table, bilevel=image.bilevel)
        clock.lap("ink")
        cells, voter = _weighed(ink, form)
        clock.lap("strokes")
        items = _decided(form, cells, voter, grid, bilevel=image.bilevel)
        tick = voter.tick or acceptance.LEAST_MASS_MM2
        clock.lap("decisions")
        return replace(
            facts,
            items=items if code is not None else _asked(items, "no_ballot"),
            ink=tuple(round((cell.inside + cell.foreign + cell.loose) / tick, 4) for cell in cells),
            sheet=sheet,
            corner=(form.table.left, form.table.top),
        )


def _weighed(ink: Ink, form: FormPage) -> tuple[list[acceptance.CellInk], acceptance.Voter]:
    """What every cell holds, and the voter it is measured by."""
    number = len(form.page.cells)
    strokes = strokes_of(ink, form.table, number)
    trace = traces(ink, form.table, number)
    cells = ink_by_cell(strokes, trace)
    threshold = ink.threshold - ink.paper
    voter = acceptance.voter_of(_by_item(form, cells), threshold=threshold)
    apart = parted(strokes, form.item_of_cell, voter)
    if apart is not strokes:
        cells = ink_by_cell(apart, trace)
        voter = acceptance.voter_of(_by_item(form, cells), threshold=threshold)
    for cell in cut_off(strokes, voter):
        cells[cell] = replace(cells[cell], cut=True)
    return cells, voter


def _by_item(form: FormPage, cells: Sequence[acceptance.CellInk]) -> list[list[acceptance.CellInk]]:
    return [[cells[number] for number in item.cells] for item in form.items]


def _decided(
    form: FormPage, cells: Sequence[acceptance.CellInk], voter: acceptance.Voter,
    grid: Registration, *, bilevel: bool,
) -> tuple[ItemReading, ...]:  # fmt: skip
    near = np.maximum(form.near.sum(axis=1), 1)
    seen = (form.near & grid.agreeing).sum(axis=1) / near
    readings = []
    for item, some, share in zip(form.items, _by_item(form, cells), seen.tolist(), strict=True):
        decision = acceptance.decide(
            some, voter, bilevel=bilevel, registered=share >= LEAST_NEAR, bare=share >= ALL_NEAR
        )
        readings.append(
            ItemReading(
                item.item, item.row, tuple(item.options[number] for number in decision.marked),
                "accepted" if decision.reason is None else "doubtful", decision.reason, item.box,
            )
        )  # fmt: skip
    return tuple(readings)


def _asked(items: Sequence[ItemReading], reason: acceptance.Reason) -> tuple[ItemReading, ...]:
    """All items as questions, for one reason that holds for the whole page."""
    return tuple(replace(one, state="doubtful", reason=reason) for one in items)


def _markers_in(work: Grey) -> list[markers.Found]:
    """The sheet's markers, in the corners first and then in the whole image."""
    times = markers.reduction(work, markers.SEARCH_LONG_SIDE)
    small = markers.shrunk(work, times)
    found = markers.distinct(markers.in_corners(small))
    if len(found) < 3 or markers.repeated(found):
        found = markers.distinct([*found, *markers.in_page(small)])
    found = markers.scaled(found, times)
    if len(found) < 3 and times > 1:
        found = markers.distinct([*found, *markers.in_page(work)])
    return found


def _in_full(image: PageImage, work: Grey, page: Page, placed: Placing) -> SheetCode | None:
    full = image.full() if image.full is not None else image.grey
    factor = full.shape[1] / work.shape[1]
    larger = np.diag([factor, factor, 1.0]) @ placed.matrix
    return qr.in_place(full, page, replace(placed, matrix=larger))


def _is_mirrored(work: Grey) -> bool:
    return len(_markers_in(np.ascontiguousarray(work[:, ::-1]))) >= 2


def _nothing_of_ours(work: Grey, found: Sequence[markers.Found], *, foreign: bool) -> Reading:
    """A page without a QR of ours, by what else it shows."""
    if _is_blank(work):
        return _rejected("blank_page")
    if len(found) < 2 and _is_mirrored(work):
        return _rejected("mirrored")
    if foreign:
        return _rejected("unknown_form")
    return _rejected("qr_unreadable" if found else "no_markers")


def _is_blank(work: Grey) -> bool:
    """Whether a page shows no ink but what shines through from the other side."""
    tall, wide = work.shape[0] // 20, work.shape[1] // 20
    inner = work[tall : work.shape[0] - tall, wide : work.shape[1] - wide]
    ratio = cv2.divide(inner, paper_white(inner), scale=255)
    return float((ratio < DARK).mean()) < BLANK_SHARE


def _has_other_sheet(work: Grey, placed: Placing, page: Page) -> bool:
    """Whether parts of a second sheet are seen: a marker where this sheet has none, or the QR of
    another ballot.
    """
    found = markers.distinct([*_markers_in(work), *markers.in_page(work)])
    if any(placing.astray(placed, page, one) for one in found):
        return True
    ballots = {one.code.ballot for one in qr.anywhere(work) if one.code is not None}
    return markers.repeated(found) or len(ballots) > 1


def _anchor(found: Located) -> Floats | None:
    """Where a placing by fewer than three markers is good: at the QR."""
    box = found.form.page.qr
    if found.placing.markers >= 3:
        return None
    return np.array([box.x + box.w / 2, box.y + box.h / 2])


def _fits(grid: Registration) -> bool:
    least = LEAST_AGREEMENT if grid.largest <= MOST_SHIFT_MM / 2 else SURE_AGREEMENT
    near = grid.agreement >= least and grid.largest <= MOST_SHIFT_MM
    return near and grid.is_anchored and not grid.slipped


def _white(work: Grey) -> float:
    return float(np.percentile(work[::8, ::8], 85))


def _rejected(reason: Rejection, code: SheetCode | None = None) -> Reading:
    if code is None:
        return Reading("rejected", reason, "grey")
    return Reading("rejected", reason, "grey", ballot=code.ballot, k=code.page, of=code.of)


def _facts(image: PageImage, work: Grey, found: Located, grid: Registration, kind: Kind) -> Reading:
    """What is known of the page before its cells are read."""
    turn, form = found.placing.turn, found.form
    stored = image.grey.shape[1] * image.reduction / work.shape[1]
    tilt = float(np.abs(found.placing.matrix[2, :2]).max()) * form.page.height
    return Reading(
        "read",
        None if found.code is not None else "qr_unreadable",
        "photo" if kind == "grey" and tilt > 0.004 else kind,
        ballot=found.code.ballot if found.code is not None else None,
        layout=form.layout.hash,
        k=form.page.page,
        of=form.page.of,
        rotation=placing.quarter_turns(turn),
        skew=round(placing.skew(turn), 1) + 0.0,
        quality=round(grid.agreement, 2),
        resolution=round(found.placing.scale * stored * INCH_MM),
    )
