"""Who decides the grades of a ballot, and what a decision has to keep (ADR 0036)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.appraisals.models import Appraisal
from pingyi.appraisals.queries.counts import quota_base_of
from pingyi.appraisals.queries.grades import grade_labels
from pingyi.appraisals.queries.whole import whole_at
from pingyi.appraisals.rules.quotas import exceeded
from pingyi.campaigns.permissions import holds
from pingyi.core.fractions import share_text
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.appraisals.queries.grades import Graded
    from pingyi.campaigns.models import Unit
    from pingyi.campaigns.rules.pack import BallotForm

# Subject (a member, or None for the organization) -> grade and reason.
Given = Mapping[int | None, tuple[str, str]]


def why_not_decide_grades(
    actor: Actor, unit: "Unit", appraisal: Appraisal | None, form: "BallotForm"
) -> Refusal | None:
    """Grades are decided by those who decide, where the pack asks for it, on a signed count."""
    if form.decision is None:
        return Refusal(
            _("In this campaign no grades are decided on this ballot."), code="no_grades"
        )
    if not holds(actor, unit, Right.DECIDE):
        return Refusal(
            _("Only the office, the clerk or the township secretary records decisions here."),
            code="not_a_decider",
        )
    if appraisal is None or whole_at(appraisal, form) is None:
        return not_counted()
    return None


def not_counted() -> Refusal:
    """There is no vote yet that could propose anything."""
    return Refusal(
        _("Grades are decided once the ballots are counted and signed."), code="not_counted"
    )


def why_not_these_grades(
    unit: "Unit", form: "BallotForm", subjects: "Sequence[Graded]", given: Given
) -> Refusal | None:
    """Grades of the pack for subjects of the ballot, with a reason where the vote proposed another,
    and no more of one than its quota allows.
    """
    labels, known = grade_labels(form), {one.key: one for one in subjects}
    for key, (grade, reason) in given.items():
        if key not in known:
            return Refusal(
                _("This person is not among those to be graded here."), code="unknown_member"
            )
        if grade not in labels:
            return Refusal(_("There is no such grade."), code="unknown_grade")
        one = known[key]
        if grade != one.proposed and not reason:
            return Refusal(_why(one, unit, labels, grade), code="reason_missing")
    grades = {one.key: one.decided.grade for one in subjects if one.decided}
    grades |= {key: grade for key, (grade, _reason) in given.items()}
    return _why_not_so_many(unit, form, grades)


def _why(one: "Graded", unit: "Unit", labels: Mapping[str, str], grade: str) -> str:
    said = {
        "name": one.participant.shown_name if one.participant else unit.name,
        "grade": labels[grade],
        "proposed": labels.get(one.proposed, ""),
    }
    if one.proposed:
        return _("%(name)s: the vote proposes %(proposed)s. Give the reason for %(grade)s.") % said
    return _("%(name)s: the vote proposes no grade. Give the reason for %(grade)s.") % said


def _why_not_so_many(
    unit: "Unit", form: "BallotForm", grades: Mapping[int | None, str]
) -> Refusal | None:
    quotas = {each.grade: each.at_most for each in form.decision.quotas} if form.decision else {}
    if not quotas:
        return None
    labels = grade_labels(form)
    details = [
        _("%(grade)s: %(given)d, at most %(most)d (%(share)s of %(whole)d)")
        % {
            "grade": labels[each.grade],
            "given": each.given,
            "most": each.most,
            "share": share_text(str(each.at_most)),
            "whole": each.whole,
        }
        for each in exceeded(grades.values(), quotas, quota_base_of(form, unit))
    ]
    if not details:
        return None
    return Refusal(
        _("More got a grade than its quota allows."), code="quota_exceeded", details=details
    )
