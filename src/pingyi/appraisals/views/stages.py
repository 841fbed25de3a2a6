"""One appraisal: its stages as steps, each with its record and what the next one needs."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.appraisals.forms.records import MeetingForm, OpinionForm, StageForm
from pingyi.appraisals.operations.stages import add_opinion, record_meeting, record_stage
from pingyi.appraisals.permissions.units import why_not_record, why_not_record_stage
from pingyi.appraisals.queries.boxes import boxes_at
from pingyi.appraisals.queries.counts import count_of
from pingyi.appraisals.queries.pages import next_deed, panel_rows, stage_rows
from pingyi.appraisals.queries.plans import appraisal_name, needed_plan
from pingyi.appraisals.queries.seen import stage_seen
from pingyi.appraisals.queries.stages import appraisal_of, stages_done
from pingyi.appraisals.views.viewing import page_of, unit_in_sight
from pingyi.campaigns.queries import label_of
from pingyi.core.clock import day_of
from pingyi.ui import drafts
from pingyi.ui.deeds import Deed, done, form_page, status_of
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@require_safe
def unit(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """The stages in order, panel, counts, opinions."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    form = OpinionForm()
    if why_not_record(request.user, round_, unit_) is not None:
        drafts.close(form)
    drafts.restore(request, form, page_of("opinion", round_, unit_))
    return _page(request, round_, unit_, form)


def _page(
    request: Request, round_: "Round", unit_: "Unit", opinion_form: OpinionForm
) -> HttpResponse:
    appraisal = appraisal_of(round_, unit_)
    context = {
        "round": round_,
        "unit": unit_,
        "rows": stage_rows(round_, unit_),
        "name": appraisal_name(round_),
        "panel": panel_rows(round_, appraisal),
        "boxes": [
            (box, count_of(appraisal, *box.key) if appraisal else None)
            for box in boxes_at(round_, unit_)
        ],
        "opinions": list(appraisal.opinions.all()) if appraisal else [],
        "opinion_form": opinion_form,
        "refusal": why_not_record(request.user, round_, unit_),
        "appraisal": appraisal,
    }
    return render(request, "appraisals/unit.html", context, status=status_of(opinion_form))


@form_page
def stage(
    request: Request, campaign_code: str, round_code: str, unit_code: str, stage_code: str
) -> HttpResponse:
    """Record a stage, or correct its record."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    plan = needed_plan(round_)
    found = next((each for each in plan.stages if each.code == stage_code), None)
    if found is None or found.kind == "count":
        raise Http404(_("There is no such stage to be recorded."))
    edits = Edited(
        f"appraisal:{round_.pk}:{unit_.pk}", partial(stage_seen, round_, unit_, stage_code)
    )
    form = _form(request, round_, found.kind, edits)
    record = record_meeting if found.kind == "meeting" else record_stage
    return Deed(
        title=f"{label_of(found)} · {unit_.name}",
        state=found.hint,
        form=form,
        submit=_("Save the record"),
        do=partial(record, round_=round_, unit=unit_, stage=stage_code),
        edits=edits,
        done=_("“%(stage)s” is recorded.") % {"stage": label_of(found)},
        to=_after(round_, unit_, stage_code),
        back=page_of("unit", round_, unit_),
        refusal=why_not_record_stage(request.user, round_, unit_, stage_code),
        template="appraisals/stage.html",
        context=lambda: {"stage": found},
    ).page(request)


def _after(round_: "Round", unit_: "Unit", stage_code: str) -> Callable[[object], str]:
    """A stage recorded for the first time leads to the next one, a correction back."""
    is_new = stage_code not in stages_done(round_, unit_)

    def page(_recorded: object) -> str:
        following = next_deed(round_, unit_) if is_new else None
        if following is None or following.page != "stage":
            return page_of("unit", round_, unit_)
        return page_of("stage", round_, unit_, following.code)

    return page


@require_POST
def opinion(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """Type one more opinion, apart from the figures."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    appraisal = appraisal_of(round_, unit_)
    if appraisal is None:
        raise Http404(_("This appraisal has not begun."))
    form = OpinionForm(request.POST)
    answer = done(
        request,
        form,
        partial(add_opinion, appraisal=appraisal),
        to=page_of("unit", round_, unit_),
        said=_("The opinion is recorded."),
    )
    return answer or _page(request, round_, unit_, form)


def _form(request: Request, round_: "Round", kind: str, edits: Edited) -> StageForm:
    data = request.POST if request.method == "POST" else None
    initial = dict(edits.content)
    initial["held_on"] = initial["held_on"] or day_of(request.now)
    if kind == "meeting":
        return MeetingForm(data, initial=initial, strata=needed_plan(round_).strata)
    return StageForm(data, initial=initial)
