"""Forms with one thing wrong in each, by the rules of the design of returns, for whoever walks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl

from pingyi.documents.form_books import FACTS
from pingyi.documents.form_pages import FormPage, Spot
from pingyi.returns.queries.form import Form
from tests.returns.filling import saved

ANNEX3 = "annex3.total.rural"


@dataclass(frozen=True)
class Planted:
    """What is wrong with a form: by which rule, with which code it is named, and what does it."""

    rule: str
    code: str
    spoil: Callable[[Form, Any], None]
    # Whether whose form it is cannot be told, or is not believed: nothing goes back but words.
    is_unknown: bool = False


def spots(form: Form, kind: str) -> list[tuple[FormPage, Spot]]:
    return [(page, spot) for page in form.pages for spot in page.spots if spot.kind == kind]


def typed(values: Mapping[str, Any]) -> Callable[[Form, Any], None]:
    """Entries by their keys."""

    def spoil(form: Form, book: Any) -> None:
        for page in form.pages:
            for spot in page.spots:
                if spot.key in values and spot.is_entry:
                    book[page.title][spot.name].value = values[spot.key]

    return spoil


def label_changed(form: Form, book: Any) -> None:
    page, spot = spots(form, "label")[-1]
    book[page.title][spot.name].value = "另一行"


def formula_changed(form: Form, book: Any) -> None:
    page, spot = spots(form, "sum")[0]
    book[page.title][spot.name].value = "=1+1"


def total_typed(form: Form, book: Any) -> None:
    page, spot = spots(form, "sum")[0]
    book[page.title][spot.name].value = 99_999


def fact(name: str, value: str) -> Callable[[Form, Any], None]:
    """What the hidden sheet says of the form."""

    def spoil(_form: Form, book: Any) -> None:
        for row in book[FACTS].iter_rows():
            if row[0].value == name:
                row[1].value = value

    return spoil


def one_less(form: Form, book: Any) -> None:
    """The first figure of which something was counted."""
    counted = [(page, spot) for page, spot in spots(form, "number") if form.values.get(spot.key)]
    page, spot = counted[0]
    book[page.title][spot.name].value = int(str(form.values[spot.key])) - 1


def everything(form: Form, book: Any) -> None:
    label_changed(form, book)
    typed({ANNEX3: "2000万", "annex2.total.rural": -1, "foot.annex1.0": None})(form, book)


PLANTED = (
    Planted("1 a label changed", "label_changed", label_changed),
    Planted("1 a formula changed", "formula_changed", formula_changed),
    Planted("2 a total typed over", "total_differs", total_typed),
    Planted("3 a text for a number", "no_number", typed({ANNEX3: "2000万"})),
    Planted("3 a number in Chinese, more than there are", "above_the_universe",
            typed({"annex1.total.grassroots_secretary": "一百二十三"})),
    Planted("4 four things at once", "no_number", everything),
    Planted("5 a version of before", "old_version", fact("version", "0" * 12), is_unknown=True),
    Planted("5 a form that was altered", "form_altered", fact("nonce", "another")),
    Planted("5 a row of the other round", "before_the_round",
            typed({"annex3.reviewed_second.rural": 1})),
    Planted("7 another figure without a reason, which goes back marked", "reason_missing",
            one_less),
)  # fmt: skip


def spoilt(form: Form, content: bytes, planted: Planted) -> bytes:
    """The same form with that in it, as another program saves it."""
    book = openpyxl.load_workbook(BytesIO(content))
    planted.spoil(form, book)
    return saved(book)


def mended(form: Form, answer: bytes, said: Mapping[str, Any]) -> bytes:
    """The form that came back with an answer, with the right entries in it."""
    book = openpyxl.load_workbook(BytesIO(answer))
    right = {spot.key: form.values.get(spot.key) for _page, spot in spots(form, "number")}
    typed({**right, **said})(form, book)
    return saved(book)
