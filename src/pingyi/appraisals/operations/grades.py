"""A named person or meeting decides the grades of a ballot (rulebook §2, ADR 0036)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.appraisals.enums import LedgerKind
from pingyi.appraisals.models import Appraisal, DecidedGrade
from pingyi.appraisals.operations.beginning import alone
from pingyi.appraisals.permissions.grades import (
    not_counted,
    why_not_decide_grades,
    why_not_these_grades,
)
from pingyi.appraisals.queries.grades import subjects_of
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger

if TYPE_CHECKING:
    from pingyi.appraisals.queries.grades import Graded
    from pingyi.campaigns.rules.pack import BallotForm


@transaction.atomic
def decide_grades(
    *,
    appraisal: Appraisal | None,
    form: "BallotForm",
    grades: Mapping[int | None, tuple[str, str]],
    decider: str,
    decided_on: date,
    by: Actor,
    now: datetime,
) -> list[DecidedGrade]:
    """Record the grades that a person or meeting decided: subject (the key of a person, None for
    the organization) -> grade and reason. Whoever is not named keeps what was decided before.

    Only what is new or differs is written. Refuses: no_grades, not_a_decider, not_counted,
    decision_missing (nobody named who decided), day_ahead, unknown_member, unknown_grade,
    reason_missing (not what the vote proposed), quota_exceeded (with figures), nothing_decided.
    """
    # Two people decide, or one opens the count again: one after the other, so that quotas hold.
    if appraisal is None:
        raise not_counted()
    appraisal = alone(appraisal)
    refuse(why_not_decide_grades(by, appraisal.unit, appraisal, form))
    if not decider.strip():
        raise Refusal(
            _("State the decision and who took it: a named person or meeting."),
            code="decision_missing",
        )
    if decided_on > day_of(now):
        raise Refusal(
            _("The date %(day)s lies ahead.") % {"day": date_format(decided_on)}, code="day_ahead"
        )
    given = {key: (grade, reason.strip()) for key, (grade, reason) in grades.items()}
    subjects = subjects_of(appraisal, form)
    refuse(why_not_these_grades(appraisal.unit, form, subjects, given))
    rows = []
    for one in subjects:
        if one.key in given and _differs(one, *given[one.key]):
            row = one.decided or DecidedGrade(
                appraisal=appraisal, form=form.code, participant_id=one.key
            )
            row.decider, row.decided_on = decider.strip(), decided_on
            row.decided_at, row.decided_by = now, by
            rows.append(_kept(row, one, *given[one.key]))
    if not rows:
        raise Refusal(_("Nothing is decided that was not decided before."), code="nothing_decided")
    body = {
        "grades": {str(row.participant_id or ""): [row.grade, row.reason] for row in rows},
        "decider": decider.strip(),
        "decided_on": decided_on,
    }
    ledger.append(
        kind=LedgerKind.GRADES,
        subject=f"{appraisal.unit.code} {appraisal.round.code} {form.code}",
        body=body,
        rows=rows,
        by=signature(by),
        now=now,
    )
    return rows


def _kept(row: DecidedGrade, one: "Graded", grade: str, reason: str) -> DecidedGrade:
    row.grade, row.reason, row.proposed = grade, reason, one.proposed
    row.save()
    return row


def _differs(one: "Graded", grade: str, reason: str) -> bool:
    return one.decided is None or (one.decided.grade, one.decided.reason) != (grade, reason)
