"""Ballots on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.appraisals.queries import ballot_boxes, members_on
from pingyi.campaigns.queries import rounds_visible_to, units_visible_to
from pingyi.core.refusals import refuse
from pingyi.paper import exports
from pingyi.paper.permissions import why_not_print_ballots
from pingyi.ui.downloads import download, file_name


@require_safe
def blank_form(
    request: Request,
    campaign_code: str,
    round_code: str,
    unit_code: str,
    form_code: str,
    kind: str,
) -> HttpResponse:
    """A blank ballot as PDF or Word, with the names of the unit and of its members, and with the
    stratum whose box it is for.
    """
    round_ = get_object_or_404(rounds_visible_to(request.user, campaign_code), code=round_code)
    unit = get_object_or_404(units_visible_to(request.user, round_.campaign), code=unit_code)
    refuse(why_not_print_ballots(request.user, unit))
    box = next((box for box in ballot_boxes(round_) if box.code == form_code), None)
    if box is None or kind not in exports.RENDERERS:
        raise Http404(_("There is no such document."))
    names = [member.shown_name for member in members_on(box.form, unit)]
    content = exports.blank_form(
        box.form, kind=kind, unit_name=unit.name, names=names, mark=box.mark
    )
    named = [box.form.annex, *filter(None, [box.mark])]
    return download(content, file_name(unit.name, *named, round_.name, kind=kind))
