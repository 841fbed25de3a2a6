"""RESULT.json: what `pingyi paper read` says about every page, in the order of the files given.

The stable interface to whoever uses the readings; see docs/reference/paper-read.md.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from pingyi.paper.omr.acceptance import Reason
from pingyi.paper.omr.readings import Kind, Rejection

FileRejection = Literal[
    "unreadable_file", "encrypted_file", "not_an_image", "too_large", "too_many_pages",
    "unsafe_archive", "took_too_long",
]  # fmt: skip
Duplication = Literal["rescan", "altered_copy"]

PAGE_REASONS: dict[str, str] = {
    "no_markers": "fewer markers than needed are seen: another paper, or too much is cut off",
    "blank_page": "an empty page, such as the back of a sheet",
    "mirrored": "the page is mirrored; scan or photograph it again",
    "unknown_form": "a page with a QR that is not of a ballot",
    "other_layout": "a ballot printed with a layout that was not given",
    "qr_unreadable": "the QR is spoilt; rejected where the form is not certain either, "
    "otherwise read, with every item a question",
    "overlapping_sheets": "more than one sheet lies in the picture",
    "poor_registration": "the printed rules are not where the layout says: creased, covered, cut",
    "unreadable_file": "the file is damaged or is not what it says",
    "encrypted_file": "the file asks for a password",
    "not_an_image": "the file is no PDF, TIFF, PNG, JPEG or zip of them",
    "too_large": "the file or its picture is larger than the limits",
    "too_many_pages": "the file has more pages than the limit; split it",
    "unsafe_archive": "the zip holds another zip, a path that leads outside, or is made to burst",
    "took_too_long": "the page took longer than the limit, or five before it in its file did",
    "rescan": "the same sheet again; kept once",
    "altered_copy": "the same ballot id with other ink: a person must compare both",
}
ITEM_REASONS: dict[Reason, str] = {
    "several_marks": "two or more options are marked",
    "weak_ink": "a mark with much less ink than this voter's others",
    "heavy_ink": "a scribble, a word, a blacked-out cell, or much more ink than the other marks",
    "stray_ink": "other ink beside the mark, or in an item that would be blank",
    "long_line": "a line drawn over several cells",
    "between_cells": "a mark that does not lie in one cell",
    "blank_uncertain": "nothing is seen, but the page or the pen is faint, or something lies on it",
    "poor_registration": "the printed rules around the item are not where the layout says",
    "no_ballot": "the QR of the page is spoilt",
    "copies_differ": "another page with the same ballot id shows something else",
}


class ResultPiece(BaseModel):
    """Base of every piece."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemResult(ResultPiece):
    """One item: marked options, and whether a person is asked. `crop` is x, y, w, h in mm."""

    item: str
    row: int | None
    marked: list[str]
    state: Literal["accepted", "doubtful"]
    reason: Reason | None
    crop: tuple[float, float, float, float]


class Place(ResultPiece):
    """A page of a file, counted from 1."""

    file: str
    page: int


class PageResult(ResultPiece):
    """One page: `rotation` clockwise, `skew` in degrees, `resolution` in dpi, `quality` 0 to 1."""

    file: str
    page: Annotated[int, Field(ge=1)]
    status: Literal["read", "duplicate", "rejected"]
    reason: Rejection | FileRejection | Duplication | None
    ballot: str | None = None
    layout: str | None = None
    k: int | None = None
    of: int | None = None
    rotation: Literal[0, 90, 180, 270] | None = None
    skew: float | None = None
    quality: float | None = None
    resolution: int | None = None
    kind: Kind | None = None
    similarity: float | None = None
    duplicate_of: Place | None = None
    items: list[ItemResult] = []


class Incomplete(ResultPiece):
    """A ballot of several pages of which some did not come."""

    ballot: str
    layout: str
    missing: list[int]


class Result(ResultPiece):
    """Every page of every file, and the ballots that lack pages."""

    version: Literal[1] = 1
    pages: list[PageResult]
    incomplete: list[Incomplete]
