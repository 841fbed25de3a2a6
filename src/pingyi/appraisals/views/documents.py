"""What is printed beside the stages: the teller's sheet to be signed, and the result."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.appraisals import exports
from pingyi.appraisals.enums import CountState
from pingyi.appraisals.queries.counts import count_of, members_on
from pingyi.appraisals.queries.pages import form_results
from pingyi.appraisals.queries.stages import appraisal_of
from pingyi.appraisals.views.viewing import form_of, unit_in_sight
from pingyi.ui.downloads import download, file_name


@require_safe
def count_sheet(
    request: Request,
    campaign_code: str,
    round_code: str,
    unit_code: str,
    form_code: str,
    kind: str,
) -> HttpResponse:
    """The sheet of a form with the figures as they are typed so far, or with room for them."""
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    form = form_of(round_, form_code)
    _check(kind)
    appraisal = appraisal_of(round_, unit)
    count = count_of(appraisal, form.code) if appraisal else None
    if count is not None and count.state == CountState.VOID:
        count = None  # the next vote needs an empty one
    table = exports.count_sheet(form, unit, round_, members_on(form, unit), count)
    name = file_name(unit.name, form.annex, _("count sheet"), round_.name, kind=kind)
    return download(exports.RENDERERS[kind](table), name)


@require_safe
def result(
    request: Request,
    campaign_code: str,
    round_code: str,
    unit_code: str,
    form_code: str,
    kind: str,
) -> HttpResponse:
    """What the signed count of a form says; 404 before it is signed."""
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    form = form_of(round_, form_code)
    _check(kind)
    appraisal = appraisal_of(round_, unit)
    results = form_results(appraisal) if appraisal else []
    found = next((each for each in results if each.form.code == form.code), None)
    if found is None:
        raise Http404(_("Nothing has been counted yet"))
    table = exports.result_table(found, unit, round_)
    name = file_name(unit.name, form.annex, _("result"), round_.name, kind=kind)
    return download(exports.RENDERERS[kind](table), name)


def _check(kind: str) -> None:
    if kind not in exports.RENDERERS:
        raise Http404(_("There is no such document."))
