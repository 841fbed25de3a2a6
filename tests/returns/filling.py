"""A form as people fill it in and send it back: with any program, rightly and wrongly."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import openpyxl

from pingyi.returns.exports.form import form_file
from pingyi.returns.operations.intake import Outcome, take_in
from pingyi.returns.queries.form import Form, form_of
from pingyi.returns.queries.standing import tables_asked
from tests.returns.desk import FOOT, Desk

WHO = {
    "filled_on.annex1": "2011年6月1日",
    **{f"foot.annex1.{place}": text for place, text in enumerate(FOOT.values())},
}
Entries = Mapping[str, Any]


def form_for(desk: Desk, table: str = "", nonce: str = "0f") -> Form:
    """The form of the unit as it goes out now."""
    tables = tables_asked(desk.round, table)
    return form_of(desk.round, desk.unit, tables, nonce=nonce, now=desk.now)


def place_of(form: Form, key: str) -> tuple[str, str]:
    """The sheet and the cell of an entry."""
    return next(
        (page.title, spot.name) for page in form.pages for spot in page.spots if spot.key == key
    )


def filled(desk: Desk, entries: Entries | None = None, form: Form | None = None) -> bytes:
    """The form with these entries besides day and names, as a program saves it."""
    form = form or form_for(desk)
    first = form.tables[0].code
    who = {key.replace("annex1", first): text for key, text in WHO.items()}
    book = openpyxl.load_workbook(BytesIO(form_file(form, made_at=desk.now)))
    for key, value in {**who, **(entries or {})}.items():
        sheet, cell = key.split("!") if "!" in key else place_of(form, key)
        book[sheet][cell].value = value
    return saved(book)


def saved(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sent(desk: Desk, content: bytes, **more: Any) -> Outcome:
    """What becomes of a file that is sent in."""
    given = {"filename": "统计表.xlsx", "by": desk.by, "now": desk.now, **more}
    return take_in(content=content, **given)


def codes(outcome: Outcome) -> list[tuple[str, str]]:
    """What is wrong, and in which cell."""
    return [(fault["code"], fault["cell"]) for fault in outcome.intake.faults]
