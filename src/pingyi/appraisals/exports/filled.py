"""The ballot of an organization with the figures that were counted, the opinions, and what was put
right (N8), which is filled in later and joined here alone.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pingyi.documents.layouts import BlankBallot, Box
from pingyi.ledger.queries import mark_of_fiction, root
from pingyi.ui.dates import date_text

if TYPE_CHECKING:
    from pingyi.appraisals.queries.pages import FormResult
    from pingyi.campaigns.models import Unit


def filled_ballot(
    result: "FormResult", unit: "Unit", opinions: Sequence[str], put_right: Sequence[str]
) -> BlankBallot:
    """The ballot of an organization with what was counted; each box with its lines, numbered."""
    form, count = result.form, result.count
    boxes = ((form.opinions_label, _numbered(opinions)), (form.rectification_label, put_right))
    return BlankBallot(
        annex=form.annex,
        title=form.title,
        head=(
            (form.name_label, unit.name),
            (form.date_label, date_text(count.counted_on, weekday=False)),
        ),
        items=tuple(item.item.label for item in result.items),
        grades=tuple(option.label for option in form.options),
        figures=tuple(tuple(each.votes for each in item.answers) for item in result.items),
        boxes=tuple(Box(label, text="\n".join(lines)) for label, lines in boxes if label),
        mark=mark_of_fiction(),
        noted=root(),
    )


def _numbered(lines: Sequence[str]) -> list[str]:
    return [f"{number}. {line}" for number, line in enumerate(lines, start=1)]
