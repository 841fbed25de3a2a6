"""Documents of appraisals: the ledger in the columns people use (N10), the teller's sheet to be
signed, results.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.appraisals.queries.counts import figures_of, lines_of
from pingyi.appraisals.queries.ledger import LedgerLine
from pingyi.appraisals.queries.plans import appraisal_name
from pingyi.appraisals.queries.scores import point_text
from pingyi.appraisals.rules.identities import SUMS
from pingyi.core.fractions import percent_text
from pingyi.documents.layouts import Column, Layout, LedgerTable
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import xlsx
from pingyi.ledger.queries import mark_of_fiction, root

if TYPE_CHECKING:
    from pingyi.appraisals.models import Count
    from pingyi.appraisals.queries.boxes import Box
    from pingyi.appraisals.queries.pages import FormResult
    from pingyi.appraisals.queries.results import ItemResult
    from pingyi.appraisals.queries.whole import WholeResult
    from pingyi.appraisals.rules.counting import RateResult
    from pingyi.appraisals.rules.scoring import Score, Total
    from pingyi.campaigns.models import Participant, Round, Unit
    from pingyi.documents.layouts import Cell, Pair

# Where something is to be written.
ROOM = "\u3000" * 4
RENDERERS: Mapping[str, Callable[[Layout], bytes]] = {"pdf": pdf, "xlsx": xlsx}


def ledger_title(round_: "Round") -> str:
    """群众评议台账: the ledger, under the campaign's own word."""
    return _("Ledger: %(name)s") % {"name": appraisal_name(round_)}


def ledger_table(round_: "Round", lines: Iterable[LedgerLine]) -> LedgerTable:
    """The counts under the usual columns, numbered from one."""
    columns = (
        Column(_("No."), 6, "right"),
        Column(_("Organization"), 22),
        Column(pgettext("ballot form", "Form"), 20),
        Column(_("Counted on"), 13),
        Column(_("due"), 6, "right"),
        Column(_("present"), 6, "right"),
        Column(_("issued"), 6, "right"),
        Column(_("collected"), 6, "right"),
        Column(_("valid"), 8, "right"),
        Column(_("spoilt"), 6, "right"),
        Column(_("Rates"), 28),
        Column(_("Scrutineer"), 10),
        Column(_("Teller"), 10),
        Column(_("Flags"), 16),
    )
    rows = (
        (
            number,
            line.unit_name,
            line.form_title,
            line.counted_on.isoformat(),
            *line.sums,
            line.rates,
            line.scrutineer,
            line.teller,
            line.flags,
        )
        for number, line in enumerate(lines, start=1)
    )
    return LedgerTable(
        title=ledger_title(round_),
        columns=columns,
        rows=rows,
        head=((_("Round"), round_.name),),
        mark=mark_of_fiction(),
        noted=root(),
    )


def count_sheet(
    box: "Box",
    unit: "Unit",
    round_: "Round",
    members: "Sequence[Participant]",
    count: "Count | None",
) -> LedgerTable:
    """The teller's sheet, to be printed and signed: with the figures of a vote, or with room for
    them.
    """
    form = box.form
    lines = {(line.member, line.item): line for line in lines_of(count)} if count else {}
    people: list[Participant | None] = [*members] if form.subject == "member" else [None]
    rows = [
        (
            person.shown_name if person else "",
            item,
            lines.get((person.pk if person else None, item.code)),
        )
        for person in people
        for item in form.items
    ]
    columns = [
        Column(_("No."), 5, "right"),
        *([Column(form.member_label, 12)] if form.subject == "member" else []),
        Column(_("Item"), 20),
        *(Column(option.label, 8, "right") for option in form.options),
        Column(_("Abstained"), 8, "right"),
        Column(_("Void"), 8, "right"),
    ]
    return LedgerTable(
        title=_("Count sheet: {form}").format(form=box.title),
        columns=tuple(columns),
        rows=[
            (
                number,
                *([name] if form.subject == "member" else []),
                item.label,
                *(line.votes.get(option.code) if line else None for option in form.options),
                line.abstained if line else None,
                line.void if line else None,
            )
            for number, (name, item, line) in enumerate(rows, start=1)
        ],
        head=_where(unit, round_, count),
        notes=(f"{sums_text(count)}\n\n{_signatures(count)}",),
        notes_label="",
        mark=mark_of_fiction(),
        noted=root() if count else None,
    )


def result_table(result: "FormResult", unit: "Unit", round_: "Round") -> LedgerTable:
    """What a signed count says, item by item: of the organization, or of each member."""
    found: list[tuple[tuple[str, ...], ItemResult]]
    # A form of one item needs no column for it.
    several = len(result.form.items) > 1
    if result.members:
        labels = [result.form.member_label, *([_("Item")] if several else [])]
        found = [
            ((member.participant.shown_name, *([item.item.label] if several else [])), item)
            for member in result.members
            for item in member.items
        ]
    else:
        labels = [_("Item")]
        found = [((item.item.label,), item) for item in result.items]
    answers = [option.label for option in result.form.options]
    rates = found[0][1].rates if found else []
    scores = result.scores
    columns = [
        Column(_("No."), 5, "right"),
        *(Column(label, width) for label, width in zip(labels, (20, 16), strict=False)),
        *(Column(answer, 8, "right") for answer in answers),
        Column(_("Abstained"), 8, "right"),
        Column(_("Void"), 8, "right"),
        *(Column(rate.label, 14, "right") for rate in rates),
        *([Column(_("Score"), 14, "right")] if scores else []),
        *([Column(_("Most ballots"), 14)] if result.rationed else []),
    ]
    rows = _result_rows(result, found)
    return LedgerTable(
        title=_("Result: {form}").format(form=result.box.title),
        columns=tuple(columns),
        rows=[(number, *row) for number, row in enumerate(rows, start=1)],
        head=_where(unit, round_, result.count),
        notes=(
            sums_text(result.count),
            *(f"{rate.label} = {rate.formula}" for rate in rates),
            *(scores.formulas if scores else []),
        ),
        mark=mark_of_fiction(),
        noted=root(),
    )


def _result_rows(
    result: "FormResult", found: "Sequence[tuple[tuple[str, ...], ItemResult]]"
) -> "list[tuple[Cell, ...]]":
    """A row for each item of each subject, then the scores of the whole."""
    rows: list[tuple[Cell, ...]] = [
        (
            *subject,
            *(answer.votes for answer in item.answers),
            item.line.abstained,
            item.line.void,
            *(rate_cell(rate) for rate in item.rates),
            *([score_cell(item.score)] if item.score else []),
            *([item.most if item.item.code in result.rationed else ""] if result.rationed else []),
        )
        for subject, item in found
    ]
    if (scores := result.scores) and found:
        first, several = found[0][1], len(result.form.items) > 1
        empty = (None,) * (len(first.answers) + 2 + len(first.rates))
        rows += [
            (
                *filter(None, (name, scores.label if several or not name else "")),
                *empty,
                total_cell(each),
                *([""] if result.rationed else []),
            )
            for name, each in scores.rows
        ]
    return rows


def whole_table(result: "WholeResult", unit: "Unit", round_: "Round") -> LedgerTable:
    """What the strata of a ballot say together, beside what each of them says."""
    is_on_members = result.form.subject == "member"
    columns = [
        Column(_("No."), 5, "right"),
        *([Column(result.form.member_label, 12)] if is_on_members else []),
        Column(_("Item"), 18),
        Column(_("Rate"), 14),
        *(Column(label, 14, "right") for label in result.strata),
        Column(_("Together"), 18, "right"),
    ]
    rates = {row.rate.code: row.rate for row in result.rows}
    rows: list[tuple[Cell, ...]] = [
        (
            *([row.person] if is_on_members else []),
            row.item.label,
            row.rate.label,
            *(rate_cell(part.rate) for part in row.parts),
            rate_cell(row.rate),
        )
        for row in result.rows
    ]
    if scores := result.scores:
        rows += [
            (
                *([name] if is_on_members else []),
                "",
                scores.label,
                *map(point_text, total.parts),
                total_cell(total),
            )
            for name, total in scores.rows
        ]
    return LedgerTable(
        title=_("Result: {form}").format(form=result.form.title),
        columns=tuple(columns),
        rows=[(number, *row) for number, row in enumerate(rows, start=1)],
        head=_where(unit, round_, None)[:2],
        notes=(
            _("Together = {formula}").format(formula=result.formula),
            *(f"{rate.label} = {rate.formula}" for rate in rates.values()),
            *(result.scores.formulas[:-1] if result.scores else []),
        ),
        mark=mark_of_fiction(),
        noted=root(),
    )


def _where(unit: "Unit", round_: "Round", count: "Count | None") -> "tuple[Pair, ...]":
    day = count.counted_on.isoformat() if count else ""
    return (
        (_("Organization"), unit.name), (_("Round"), round_.name), (_("Counted on"), day),
    )  # fmt: skip


def sums_text(count: "Count | None") -> str:
    """The sums of a vote under the words of the ledger; room to write them where there is none."""
    words = (_("due"), _("present"), _("issued"), _("collected"), _("valid"), _("spoilt"))
    figures = figures_of(count) if count else None
    return "\u3000".join(
        f"{word} {getattr(figures, name) if figures else ROOM}"
        for word, name in zip(words, SUMS, strict=True)
    )


def _signatures(count: "Count | None") -> str:
    """Room for both to sign, beside their names where they were typed."""
    people = (
        (_("Scrutineer"), count.scrutineer if count else ""),
        (_("Teller"), count.teller if count else ""),
    )
    return ROOM.join(
        _("{who} (signature): {name}").format(who=who, name=name or ROOM * 2)
        for who, name in people
    )


def score_cell(score: "Score") -> str:
    """The score of an item with its two figures."""
    shown = point_text(score.value)
    return f"{shown}\u3000{score.points}/{score.ballots}" if score.ballots else shown


def total_cell(total: "Total") -> str:
    """The score of the whole with the name of its band."""
    return f"{point_text(total.value)}\u3000{total.band}".rstrip()


def rate_cell(rate: "RateResult") -> str:
    """A rate with its two figures and the name of its band."""
    if rate.value is None:
        return "-"
    told = f"{percent_text(rate.value * 100)}%\u3000{rate.numerator}/{rate.denominator}"
    return f"{told}\u3000{rate.band}" if rate.band else told
