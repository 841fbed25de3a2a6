"""What only one copy has, and how much of what a sheet of paper holds."""

from collections.abc import Callable

import pytest

from pingyi.campaigns.rules.pack import BallotForm
from pingyi.documents.drawings import Copy, Squares, Words
from pingyi.documents.qr import qr_rows
from pingyi.paper.omr.codes import SheetCode
from pingyi.paper.rules import DoesNotFit, copies_of, sheets_of
from tests.paper.print.drawn import MEMBERS, ORGANIZATION, changed
from tests.paper_pages import UNIT, people, sheets_for

BALLOT = "ABCDE12345FGHJK67890"


@pytest.mark.parametrize(("rows", "pages"), [(3, 1), (36, 2)])
def test_every_page_of_a_ballot_has_its_code_and_its_number(rows: int, pages: int) -> None:
    sheets = sheets_for(MEMBERS, rows)
    codes = [
        SheetCode("ANNEX5", sheets.layout.short, BALLOT, page, pages).payload
        for page in range(1, pages + 1)
    ]
    assert copies_of(sheets, BALLOT) == [
        Copy(
            place,
            (Squares(173, 7, 19, qr_rows(code)),),
            (
                Words(
                    0, 297 - 6.7, 210, 3, f"ABCDE-12345-FGHJK-67890  {code[-3:]}", 7,
                    "song", "center",
                ),
            ),
        )
        for place, code in enumerate(codes)
    ]  # fmt: skip


def of_organization(items: int, options: int = 4, opinions: bool = True) -> BallotForm:
    label = {} if opinions else {"opinions_label": ""}
    return changed(ORGANIZATION, items=items, options=options, **label)


def of_members(items: int, options: int = 4) -> BallotForm:
    return changed(MEMBERS, items=items, options=options)


@pytest.mark.parametrize(
    ("form", "what", "most"),
    [
        (lambda number: of_organization(5, number), "options", 10),
        (of_organization, "items", 21),
        (lambda number: of_organization(number, opinions=False), "items", 25),
        (lambda number: of_members(1, number), "columns", 24),
        (of_members, "columns", 24),
    ],
)
def test_paper_holds_so_many_and_no_more(
    form: Callable[[int], BallotForm], what: str, most: int
) -> None:
    step = 4 if form is of_members else 1
    assert sheets_of(form(most // step), name=UNIT, names=people(2)).drawings
    with pytest.raises(DoesNotFit, match=f"^{what}: {most} at most$") as refused:
        sheets_of(form(most // step + 1), name=UNIT, names=people(2))
    assert (refused.value.what, refused.value.most) == (what, most)


@pytest.mark.parametrize(("columns", "width"), [(16, 210), (17, 297), (24, 297)])
def test_paper_is_turned_where_upright_columns_would_be_too_narrow(
    columns: int, width: int
) -> None:
    assert sheets_of(of_members(1, columns), name=UNIT, names=people(2)).drawings[0].width == width
