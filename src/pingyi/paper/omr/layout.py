"""Where everything stands on a printed form, in millimetres from the top left of each page.

The stable interface between printing and reading: `LAYOUT.json`, see docs/reference/paper-read.md.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Annotated, Any, Literal

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pingyi.paper.omr.codes import short_hash

Millimetres = Annotated[float, Field(ge=0, le=2000, allow_inf_nan=False)]
Point = tuple[Millimetres, Millimetres]


class LayoutRefused(Exception):
    """A layout that cannot be used: where (dotted key) and what."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}" if key else problem)
        self.key = key
        self.problem = problem


class LayoutPiece(BaseModel):
    """Base of every piece; keys that later versions add are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Marker(LayoutPiece):
    """An ArUco marker (4x4_50); its corners go clockwise from its own top left."""

    id: Annotated[int, Field(ge=0, lt=50)]
    corners: tuple[Point, Point, Point, Point]


class Rectangle(LayoutPiece):
    """A place on the page."""

    x: Millimetres
    y: Millimetres
    w: Millimetres
    h: Millimetres


class Cell(Rectangle):
    """A field to tick: which item, whose row (none on a form about one organization), which option.

    `row` counts the names of the whole ballot from 1, over all its pages.
    """

    item: str
    row: Annotated[int, Field(ge=1)] | None
    option: str


class Page(LayoutPiece):
    """One page of the form."""

    page: Annotated[int, Field(ge=1)]
    of: Annotated[int, Field(ge=1)]
    width: Millimetres
    height: Millimetres
    markers: list[Marker]
    qr: Rectangle
    lines: list[tuple[Millimetres, Millimetres, Millimetres, Millimetres]]
    cells: Annotated[list[Cell], Field(min_length=1)]


class Layout(LayoutPiece):
    """A form with all its pages. `hash` is the SHA-256 of the rest (RFC 8785), in hexadecimal.

    `title` says whom the ballots are about and `rows` whose name stands in which row, so that a
    sheet of another branch with as many members is not taken for one of this.
    """

    version: Literal[1] = 1
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    form: str
    title: str = ""
    rows: list[str] = []
    grades: Annotated[list[str], Field(min_length=2)]
    pages: Annotated[list[Page], Field(min_length=1)]

    @model_validator(mode="after")
    def _pages_are_numbered(self) -> "Layout":
        if [(page.page, page.of) for page in self.pages] != [
            (number, len(self.pages)) for number in range(1, len(self.pages) + 1)
        ]:
            raise ValueError("pages must be numbered 1 of n to n of n")
        return self

    @property
    def short(self) -> str:
        """The hash as the QR carries it."""
        return short_hash(self.hash)


def sealed(
    form: str, grades: list[str], pages: Iterable[dict[str, Any]], *,
    title: str = "", rows: Sequence[str] = (),
) -> Layout:  # fmt: skip
    """The layout with its hash."""
    content = {
        "version": 1, "form": form, "title": title, "rows": list(rows), "grades": grades,
        "pages": list(pages),
    }  # fmt: skip
    return Layout.model_validate({**content, "hash": content_hash(content)})


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON (RFC 8785) of everything but the hash itself."""
    rest = {key: value for key, value in content.items() if key != "hash"}
    return sha256(rfc8785.dumps(rest)).hexdigest()


def parse_layout(content: object) -> Layout:
    """The layout in a decoded JSON file; LayoutRefused names the first key that is wrong."""
    try:
        layout = Layout.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(step) for step in first["loc"])
        raise LayoutRefused(key, str(first["msg"])) from error
    if isinstance(content, dict) and content_hash(content) != layout.hash:
        raise LayoutRefused("hash", "the layout was changed after it was printed")
    return layout
