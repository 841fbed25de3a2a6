"""Ballots of the packs, sheets of them, and their pages as pixels."""

from dataclasses import dataclass

import numpy as np
import pypdfium2

from pingyi.campaigns.queries.packs import known_packs
from pingyi.campaigns.rules.pack import BallotForm
from pingyi.documents.placed import placed_pdf
from pingyi.paper.omr.codes import new_ballot_id
from pingyi.paper.rules import Sheets, copies_of, sheets_of

UNIT = "中共清源县石桥镇河西村支部委员会"


@dataclass(frozen=True)
class Scan:
    """A page without any fault of a scanner: grey pixels, 255 white."""

    pixels: np.ndarray
    dpi: int

    def at(self, millimetres: float) -> float:
        """A length in pixels."""
        return millimetres * self.dpi / 25.4

    def box(self, x: float, y: float, w: float, h: float) -> np.ndarray:
        """The pixels that lie wholly in a box (mm)."""
        left, top = int(np.ceil(self.at(x))), int(np.ceil(self.at(y)))
        return self.pixels[top : int(self.at(y + h)), left : int(self.at(x + w))]


def forms() -> dict[str, BallotForm]:
    """Every ballot of every pack that comes with the program."""
    return {
        f"{info.code}/{form.code}": form
        for info in known_packs()
        if info.pack is not None and info.pack.appraisal is not None
        for form in info.pack.appraisal.forms
    }


def people(number: int) -> list[str]:
    """Names, long ones among them."""
    some = ["王建国", "买买提·阿卜杜热合曼", "李伟", "欧阳秀英", "阿依古丽·吐尔逊江"]
    return [some[place % len(some)] for place in range(number)]


def sheets_for(code: str, rows: int, *, name: str = UNIT) -> Sheets:
    form = forms()[code]
    return sheets_of(form, name=name, names=people(rows) if form.subject == "member" else ())


def scans(pdf: bytes, dpi: int = 300) -> list[Scan]:
    """Every page of a PDF as pixels."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return [
            Scan(np.asarray(page.render(scale=dpi / 72).to_pil().convert("L")), dpi)
            for page in file
        ]
    finally:
        file.close()


def ballots(sheets: Sheets, copies: int = 1) -> bytes:
    pages = [copy for _ in range(copies) for copy in copies_of(sheets, new_ballot_id())]
    return placed_pdf(sheets.form.title, sheets.drawings, pages)
