"""What is printed beside the stages: the teller's sheet to be signed, and the result."""

from functools import partial

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.appraisals import exports
from pingyi.appraisals.doors import PUT_RIGHT
from pingyi.appraisals.enums import CountState
from pingyi.appraisals.queries.boxes import Box, signed_in
from pingyi.appraisals.queries.counts import count_of, members_on
from pingyi.appraisals.queries.pages import form_results
from pingyi.appraisals.queries.stages import appraisal_of
from pingyi.appraisals.queries.whole import whole_results
from pingyi.appraisals.views.viewing import box_at, unit_in_sight
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
    box = box_at(round_, form_code)
    _check(kind)
    appraisal = appraisal_of(round_, unit)
    count = count_of(appraisal, *box.key) if appraisal else None
    if count is not None and count.state == CountState.VOID:
        count = None  # the next vote needs an empty one
    table = exports.count_sheet(box, unit, round_, members_on(box.form, unit), count)
    name = file_name(unit.name, *_named(box), _("count sheet"), round_.name, kind=kind)
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
    """What the signed count of a form says, or of all strata together where they are counted apart;
    404 before it is signed.
    """
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    _check(kind)
    appraisal = appraisal_of(round_, unit)
    results = form_results(appraisal) if appraisal else []
    whole = whole_results(appraisal) if appraisal else []
    tables = {
        each.box.code: (partial(exports.result_table, each), _named(each.box)) for each in results
    }
    for one in whole:
        tables[one.form.code] = partial(exports.whole_table, one), [one.form.annex]
    if form_code not in tables:
        raise Http404(_("Nothing has been counted yet"))
    table, named = tables[form_code]
    name = file_name(unit.name, *named, _("result"), round_.name, kind=kind)
    return download(exports.RENDERERS[kind](table(unit, round_)), name)


@require_safe
def summary(
    request: Request, campaign_code: str, round_code: str, unit_code: str, kind: str
) -> HttpResponse:
    """All results of one organization in one table, for the meeting; 404 before one is signed."""
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    _check(kind)
    appraisal = appraisal_of(round_, unit)
    if appraisal is None or not signed_in(appraisal):
        raise Http404(_("Nothing has been counted yet"))
    name = file_name(unit.name, _("Summary of results"), round_.name, kind=kind)
    return download(exports.RENDERERS[kind](exports.summary_table(appraisal)), name)


@require_safe
def filled_ballot(
    request: Request,
    campaign_code: str,
    round_code: str,
    unit_code: str,
    form_code: str,
    kind: str,
) -> HttpResponse:
    """The ballot of the organization with its figures, the opinions and what was put right; 404
    before it is signed.
    """
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    _check(kind)
    appraisal = appraisal_of(round_, unit)
    counted = form_results(appraisal) if appraisal else []
    found = [each for each in counted if each.items and each.box.code == form_code]
    if appraisal is None or not found:
        raise Http404(_("Nothing has been counted yet"))
    result = found[0]
    opinions = [opinion.text for opinion in appraisal.opinions.all()]
    put_right = [line for tell in PUT_RIGHT.values() for line in tell(appraisal)]
    name = file_name(unit.name, *_named(result.box), _("with opinions"), round_.name, kind=kind)
    sheet = exports.filled_ballot(result, unit, opinions, put_right)
    return download(exports.RENDERERS[kind](sheet), name)


def _named(box: Box) -> list[str]:
    """A box in the name of a file: the annex, and the stratum where each has its own."""
    return [box.form.annex, *([box.stratum.label] if box.stratum else [])]


def _check(kind: str) -> None:
    if kind not in exports.RENDERERS:
        raise Http404(_("There is no such document."))
