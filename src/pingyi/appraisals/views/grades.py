"""Deciding the grades of a ballot: everybody on one page, with what the vote proposes."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.appraisals.forms.grades import GradesForm
from pingyi.appraisals.operations.grades import decide_grades
from pingyi.appraisals.permissions.grades import why_not_decide_grades
from pingyi.appraisals.queries.grades import grade_labels, grades_seen, subjects_of
from pingyi.appraisals.queries.stages import appraisal_of
from pingyi.appraisals.views.viewing import form_of, page_of, unit_in_sight
from pingyi.core.clock import day_of
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited


@form_page
def grades(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> HttpResponse:
    """Record the grades that a person or meeting decided, or correct them."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    ballot = form_of(round_, form_code)
    appraisal = appraisal_of(round_, unit_)
    refusal = why_not_decide_grades(request.user, unit_, appraisal, ballot)
    label = ballot.decision.label if ballot.decision else _("Grade")
    form = GradesForm(
        request.POST if request.method == "POST" else None,
        initial={"decided_on": day_of(request.now)},
        subjects=[] if refusal else subjects_of(appraisal, ballot),
        grades=grade_labels(ballot),
    )
    return Deed(
        title=f"{label} · {unit_.name}",
        state=f"{ballot.title} · {round_.name}",
        form=form,
        submit=_("Record the grades"),
        do=partial(decide_grades, appraisal=appraisal, form=ballot),
        edits=Edited(
            f"grades:{round_.pk}:{unit_.pk}:{ballot.code}",
            partial(grades_seen, round_, unit_, ballot),
        ),
        done=_("The grades are recorded."),
        back=page_of("result", round_, unit_),
        refusal=refusal,
        template="appraisals/grades.html",
        context=lambda: {"ballot": ballot, "unit": unit_, "label": label},
    ).page(request)
