"""Documents of appraisals: the ledger in the columns people use (N10), the teller's sheet to be
signed, results.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.appraisals.queries.counts import figures_of, lines_of
from pingyi.appraisals.queries.grades import grade_labels
from pingyi.appraisals.queries.ledger import LedgerLine
from pingyi.appraisals.queries.plans import appraisal_name, rates_of
from pingyi.appraisals.queries.results import quota_items
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
    from pingyi.appraisals.queries.results import ItemResult, SubjectResult
    from pingyi.appraisals.queries.whole import WholeResult
    from pingyi.appraisals.rules.counting import RateResult
    from pingyi.campaigns.models import Participant, Round, Unit
    from pingyi.campaigns.rules.pack import AppraisalPlan, BallotForm
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
        notes=(f"{_sums(count)}\n\n{_signatures(count)}",),
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
    columns = [
        Column(_("No."), 5, "right"),
        *(Column(label, width) for label, width in zip(labels, (20, 16), strict=False)),
        *(Column(answer, 8, "right") for answer in answers),
        Column(_("Abstained"), 8, "right"),
        Column(_("Void"), 8, "right"),
        *(Column(rate.label, 14, "right") for rate in rates),
        *([Column(_("Most ballots"), 14)] if result.rationed else []),
    ]
    return LedgerTable(
        title=_("Result: {form}").format(form=result.box.title),
        columns=tuple(columns),
        rows=[
            (
                number,
                *subject,
                *(answer.votes for answer in item.answers),
                item.line.abstained,
                item.line.void,
                *(_rate(rate) for rate in item.rates),
                *(
                    [item.most if item.item.code in result.rationed else ""]
                    if result.rationed
                    else []
                ),
            )
            for number, (subject, item) in enumerate(found, start=1)
        ],
        head=_where(unit, round_, result.count),
        notes=(_sums(result.count), *(f"{rate.label} = {rate.formula}" for rate in rates)),
        mark=mark_of_fiction(),
        noted=root(),
    )


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
    return LedgerTable(
        title=_("Result: {form}").format(form=result.form.title),
        columns=tuple(columns),
        rows=[
            (
                number,
                *([row.person] if is_on_members else []),
                row.item.label,
                row.rate.label,
                *(_rate(part.rate) for part in row.parts),
                _rate(row.rate),
            )
            for number, row in enumerate(result.rows, start=1)
        ],
        head=_where(unit, round_, None)[:2],
        notes=(
            _("Together = {formula}").format(formula=result.formula),
            *(f"{rate.label} = {rate.formula}" for rate in rates.values()),
        ),
        mark=mark_of_fiction(),
        noted=root(),
    )


def results_table(
    round_: "Round",
    form: "BallotForm",
    plan: "AppraisalPlan",
    found: "Iterable[SubjectResult]",
    given: str = "",
) -> LedgerTable:
    """All results of a round on a form, one line a subject: every item beside the others, then the
    grade that was decided; `given` is how many got each.
    """
    is_on_members, rationed = form.subject == "member", quota_items(plan, form)
    strata = {each.code: each.label for each in plan.strata} if plan.counting.apart else {}
    rates = [rate.label for rate in rates_of(plan, form)]
    several = len(form.items) > 1
    columns = [
        Column(_("No."), 5, "right"),
        Column(_("Superior organization"), 20),
        Column(_("Organization"), 22),
        *([Column(form.member_label, 10)] if is_on_members else []),
        *([Column(_("Stratum"), 12)] if plan.counting.apart else []),
        Column(_("Counted on"), 12),
        Column(_("valid"), 7, "right"),
    ]
    for item in form.items:
        heads = [option.label for option in form.options] + [_("Abstained"), _("Void")]
        before = f"{item.label}\u3000" if several else ""
        columns += [Column(f"{before}{head}", 9, "right") for head in heads]
        columns += [Column(f"{before}{rate}", 14, "right") for rate in rates]
        if item.code in rationed:
            columns.append(Column(f"{before}{_('Most ballots')}", 14))
    if form.decision:
        columns += [
            Column(form.decision.label, 10),
            Column(_("Reason"), 16),
            Column(_("Decided by"), 14),
            Column(_("Decided on"), 12),
        ]
    return LedgerTable(
        title=_("Results of a round: {form}").format(form=form.title),
        columns=tuple(columns),
        rows=(
            (
                number,
                *_subject(each, is_on_members, strata),
                *_items(each, form, len(rates), rationed),
                *_decided(each, form),
            )
            for number, each in enumerate(found, start=1)
        ),
        head=((_("Round"), round_.name),),
        notes=(
            *(f"{rate.label} = {rate.formula}" for rate in rates_of(plan, form)),
            *([f"{form.decision.label}\u3000{given}"] if form.decision else []),
        ),
        mark=mark_of_fiction(),
        noted=root(),
    )


def _subject(
    result: "SubjectResult", is_on_members: bool, strata: "Mapping[str, str]"
) -> "tuple[Cell, ...]":
    unit, person = result.count.appraisal.unit, result.participant
    return (
        unit.parent.name if unit.parent else "",
        unit.name,
        *([person.shown_name if person else ""] if is_on_members else []),
        *([strata[result.count.stratum]] if strata else []),
        result.count.counted_on.isoformat(),
        result.count.valid,
    )


def _decided(result: "SubjectResult", form: "BallotForm") -> "tuple[Cell, ...]":
    """The grade that was decided, why, by whom and when; empty where none was, or none is."""
    row, labels = result.decided, grade_labels(form)
    if row is None:
        return (None,) * 4 if form.decision else ()
    return labels[row.grade], row.reason, row.decider, row.decided_on.isoformat()


def _items(
    result: "SubjectResult", form: "BallotForm", rates: int, rationed: set[str]
) -> "Iterator[Cell]":
    """The cells of every item of the form; empty where it was not counted."""
    items = {each.item.code: each for each in result.items}
    for item in form.items:
        found = items.get(item.code)
        if found is None:
            yield from [None] * (len(form.options) + 2 + rates + (item.code in rationed))
            continue
        yield from (answer.votes for answer in found.answers)
        yield from (found.line.abstained, found.line.void)
        yield from map(_rate, found.rates)
        if item.code in rationed:
            yield found.most


def _where(unit: "Unit", round_: "Round", count: "Count | None") -> "tuple[Pair, ...]":
    day = count.counted_on.isoformat() if count else ""
    return (
        (_("Organization"), unit.name), (_("Round"), round_.name), (_("Counted on"), day),
    )  # fmt: skip


def _sums(count: "Count | None") -> str:
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


def _rate(rate: "RateResult") -> str:
    """A rate with its two figures and the name of its band."""
    if rate.value is None:
        return "-"
    told = f"{percent_text(rate.value * 100)}%\u3000{rate.numerator}/{rate.denominator}"
    return f"{told}\u3000{rate.band}" if rate.band else told
