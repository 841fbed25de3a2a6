"""All results of one organization in one table, to be read out and handed round at a meeting."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.appraisals.exports.of_units import rate_cell, sums_text, total_cell
from pingyi.appraisals.queries.grades import decisions_of
from pingyi.appraisals.queries.pages import flag_rows, form_results
from pingyi.appraisals.queries.whole import whole_results
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.ledger.queries import mark_of_fiction, root

if TYPE_CHECKING:
    from pingyi.appraisals.models import Appraisal
    from pingyi.appraisals.queries.pages import FormResult
    from pingyi.appraisals.queries.results import ItemResult
    from pingyi.appraisals.queries.whole import WholeResult
    from pingyi.appraisals.rules.scoring import Total

Line = tuple[str, str, str, str, str, str]
BETWEEN = "\u3000"


def summary_table(appraisal: "Appraisal") -> LedgerTable:
    """What every signed count says and what was decided: all items of an organization, of people
    the overall one; strata follow what they say together, with their overall item.
    """
    results, wholes = form_results(appraisal), whole_results(appraisal)
    grades = {
        (each.form.code, row.subject.key): row.grade
        for each in decisions_of(appraisal)
        for row in each.rows
    }
    lines = [line for whole in wholes for line in _together(whole, grades)]
    summed = {whole.form.code for whole in wholes}
    for result in results:
        is_part = result.form.code in summed
        lines += _lines(result, {} if is_part else grades, only_overall=is_part)
    columns = (
        Column(_("No."), 5, "right"),
        Column(_("Ballot"), 20),
        Column(pgettext("appraisal", "Subject"), 13),
        Column(_("Answers"), 24),
        Column(_("Rates"), 30),
        Column(_("Score"), 10, "right"),
        Column(_("Decided"), 9),
    )
    return LedgerTable(
        title=_("Summary of results"),
        columns=columns,
        rows=[(number, *line) for number, line in enumerate(lines, start=1)],
        head=(
            (_("Organization"), appraisal.unit.name), (_("Round"), appraisal.round.name),
        ),
        notes=tuple(_notes(appraisal, results, wholes)),
        mark=mark_of_fiction(),
        noted=root(),
    )  # fmt: skip


def _together(
    whole: "WholeResult", grades: "dict[tuple[str, int | None], str]"
) -> "Iterator[Line]":
    """The rates of all strata together, a line an item or, of people, of the overall one."""
    is_on_members = whole.form.subject == "member"
    scores = dict(whole.scores.rows) if whole.scores else {}
    rates: dict[tuple[int | None, str, str, bool], list[str]] = {}
    for row in whole.rows:
        if row.item.overall or not is_on_members:
            subject = row.person if is_on_members else row.item.label
            of = row.member, row.person, subject, row.item.overall
            rates.setdefault(of, []).append(f"{row.rate.label} {rate_cell(row.rate)}")
    called = f"{whole.form.called} · {_('all strata together')}"
    for (key, person, subject, is_overall), said in rates.items():
        score = total_cell(scores[person]) if is_overall and person in scores else ""
        grade = grades.get((whole.form.code, key), "") if is_overall else ""
        yield called, subject, "", BETWEEN.join(said), score, grade


def _lines(
    result: "FormResult", grades: "dict[tuple[str, int | None], str]", *, only_overall: bool
) -> "Iterator[Line]":
    """The lines of a signed count."""
    totals = [total for _name, total in result.scores.rows] if result.scores else []
    for item in result.items:
        if only_overall and not item.item.overall:
            continue
        total = totals[0] if totals and item.item.overall else None
        grade = grades.get((result.form.code, None), "") if item.item.overall else ""
        yield _line(result, item.item.label, item, total, grade)
    for number, member in enumerate(result.members):
        overall = [item for item in member.items if item.item.overall]
        grade = grades.get((result.form.code, member.participant.pk), "")
        for item in overall:
            total = totals[number] if totals else None
            yield _line(result, member.participant.shown_name, item, total, grade)


def _line(
    result: "FormResult", subject: str, item: "ItemResult", total: "Total | None", grade: str
) -> Line:
    answers = [f"{answer.label} {answer.votes}" for answer in item.answers]
    if item.line.abstained:
        answers.append(f"{_('Abstained')} {item.line.abstained}")
    rates = [f"{rate.label} {rate_cell(rate)}" for rate in item.rates]
    score = total_cell(total) if total is not None else ""
    return (
        result.box.called, subject, BETWEEN.join(answers), BETWEEN.join(rates), score, grade,
    )  # fmt: skip


def _notes(
    appraisal: "Appraisal", results: "Sequence[FormResult]", wholes: "Sequence[WholeResult]"
) -> Iterator[str]:
    """The sums of every box, the formulas, what was pointed out and what was decided about it."""
    yield from (f"{result.box.called}{BETWEEN}{sums_text(result.count)}" for result in results)
    formulas: dict[str, None] = {}
    for result in results:
        items = [*result.items, *(item for member in result.members for item in member.items)]
        for rate in items[0].rates if items else []:
            formulas[f"{rate.label} = {rate.formula}"] = None
        formulas |= dict.fromkeys(result.scores.formulas if result.scores else [])
    formulas |= {_("Together = {formula}").format(formula=whole.formula): None for whole in wholes}
    yield from formulas
    for row in flag_rows(appraisal):
        about = f"{row.label} {row.about}".rstrip()
        if row.flag.decided_at is None:
            yield _("%(flag)s: not decided") % {"flag": about}
        else:
            day = row.flag.decided_on
            yield _("%(flag)s: %(decision)s (%(decider)s, %(day)s)") % {
                "flag": about,
                "decision": row.flag.decision,
                "decider": row.flag.decider,
                "day": date_format(day) if day else "",
            }
