"""What the keys of figures are called, in the words of the pack."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.campaigns.queries import pack_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign
    from pingyi.campaigns.rules.pack import AppraisalPlan, BallotForm, Pack, Table


def labels_of(campaign: "Campaign") -> dict[str, str]:
    """Every key that a text can name, what one asks for most often first: sums of rows, ballots,
    then each cell.
    """
    pack = pack_of(campaign)
    return {**dict(_rows(pack)), **dict(_ballots(pack)), **dict(_cells(pack))}


def _rows(pack: "Pack") -> Iterator[tuple[str, str]]:
    for table in pack.tables:
        for key, label in _rows_of(table):
            yield key, _("%(row)s, all together") % {"row": label}


def _rows_of(table: "Table") -> Iterator[tuple[str, str]]:
    for row in table.rows:
        yield f"{table.code}.{row.code}", f"{table.annex} {' '.join(row.label)}"


def _cells(pack: "Pack") -> Iterator[tuple[str, str]]:
    for table in pack.tables:
        columns = [column for block in table.blocks for column in block.columns]
        for key, label in _rows_of(table):
            for column in columns:
                yield f"{key}.{column.code}", f"{label} · {column.label}"


def _ballots(pack: "Pack") -> Iterator[tuple[str, str]]:
    if pack.appraisal is None:
        return
    for form in pack.appraisal.forms:
        if form.subject == "organization":
            yield from _ballot(pack.appraisal, form)


def annexes_of(campaign: "Campaign") -> dict[str, str]:
    """What tables and ballots are called, by their codes."""
    pack = pack_of(campaign)
    forms = pack.appraisal.forms if pack.appraisal else []
    annexes = {table.code: table.annex for table in pack.tables}
    return annexes | {form.code: form.annex for form in forms}


def _sums() -> dict[str, str]:
    return {
        "due": _("due"),
        "present": _("present"),
        "issued": _("issued"),
        "collected": _("collected"),
        "valid": _("valid"),
        "spoilt": _("spoilt"),
    }


def _ballot(plan: "AppraisalPlan", form: "BallotForm") -> Iterator[tuple[str, str]]:
    for name, label in _sums().items():
        yield f"{form.code}.{name}", f"{form.annex} {label}"
    answers = [(option.code, option.label) for option in form.options]
    answers += [(rate.code, rate.label) for rate in plan.rates]
    for item in form.items:
        for code, label in answers:
            yield f"{form.code}.{item.code}.{code}", f"{form.annex} {item.label} · {label}"
