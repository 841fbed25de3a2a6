"""Pages of ballots, told thing by thing, so that a change can be read."""

from collections.abc import Iterator
from pathlib import Path

from pingyi.campaigns.rules.pack import BallotForm
from pingyi.documents.drawings import Drawing
from pingyi.paper.rules import Sheets, sheets_of
from tests.paper_pages import UNIT, forms, people, sheets_for

KEPT = Path(__file__).with_name("pages.txt")
ORGANIZATION, MEMBERS = "chuangxian-2011/annex4", "chuangxian-2011/annex5"
LONG = "中国共产党清源县石桥镇河西村第一党小组及河西水库灌区管理站联合支部委员会"


def changed(code: str, items: int = 0, options: int = 0, **changes: object) -> BallotForm:
    """A form with other labels, and with so many items or options."""
    form = forms()[code]
    for key, number in (("items", items), ("options", options)):
        if number:
            parts = getattr(form, key) * number
            changes[key] = [
                part.model_copy(update={"code": f"{key}{place}"})
                for place, part in enumerate(parts[:number])
            ]
    return form.model_copy(update=changes)


def kept() -> dict[str, Sheets]:
    """Sheets of every form, and such as fill the paper, leave it empty or need smaller type."""
    crowded = changed(ORGANIZATION, items=19, options=10, opinions_label="")
    return {
        "organization": sheets_for(ORGANIZATION, 0),
        "organization, crowded, without opinions": sheets_of(crowded, name=LONG),
        "organization, fourteen items": sheets_of(
            changed(ORGANIZATION, items=14, options=5, opinions_label="意见\uff1a"), name=UNIT
        ),
        "members": sheets_for(MEMBERS, 3),
        "members, on two pages": sheets_for(MEMBERS, 36, name=LONG),
        "members, more than a hundred": sheets_for(MEMBERS, 105),
        "members, one item": sheets_for("minzhu-pingyi/member_sheet", 2),
        "members, on its side": sheets_for("ganbu-ceping/cadre_sheet", 2),
        "members, long words": sheets_of(
            changed(MEMBERS, items=6, title="年度民主测评" * 9, member_label="", date_blank=""),
            name=LONG,
            names=people(2),
        ),
    }


def told() -> str:
    """Every first and every last page with its layout."""
    lines: list[str] = []
    for name, sheets in kept().items():
        lines += [f"# {name}", f"layout {sheets.layout.hash}"]
        for page in sorted({1, len(sheets.drawings)}):
            lines += [f"## page {page}", *_things(sheets.drawings[page - 1])]
    return "\n".join(lines) + "\n"


def _things(drawing: Drawing) -> Iterator[str]:
    yield f"paper {drawing.width:g} x {drawing.height:g}"
    for line in drawing.lines:
        points = _figures(line.x1, line.y1, line.x2, line.y2)
        yield f"line {points} width {_figures(line.width)}"
    for words in drawing.words:
        place = _figures(words.x, words.y, words.w, words.h)
        manner = f"{words.size:g} {words.face} {words.align} {words.leading:g}"
        yield f"words {place} {manner} {words.text!r}"
    for squares in drawing.squares:
        yield f"squares {_figures(squares.x, squares.y, squares.side)} {' '.join(squares.rows)}"
    for pen in drawing.pens:
        points = ", ".join(_figures(*point) for point in pen.points)
        yield f"pen {points} width {_figures(pen.width)}"
    for fill in drawing.fills:
        yield f"fill {_figures(fill.x, fill.y, fill.w, fill.h)}"


def _figures(*numbers: float) -> str:
    return " ".join(f"{number:.3f}".rstrip("0").rstrip(".") for number in numbers)
