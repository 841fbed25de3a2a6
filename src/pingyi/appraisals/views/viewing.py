"""What the pages share: the round and unit of the address, or 404."""

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.appraisals.permissions.units import why_not_read
from pingyi.appraisals.queries import plans
from pingyi.appraisals.queries.boxes import Box, box_called
from pingyi.campaigns.queries import is_appraised_at, rounds_visible_to, units_visible_to
from pingyi.core.refusals import refuse

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import BallotForm


def page_of(name: str, round_: "Round", unit: "Unit", *more: Any) -> str:
    """The address of a page of an appraisal."""
    where = (round_.campaign.code, round_.code, unit.code, *more)
    return reverse(f"appraisals:{name}", args=where)


def round_in_sight(request: Request, campaign_code: str, round_code: str) -> "Round":
    """The round, or 404; 404 too where the campaign has no appraisal."""
    round_ = get_object_or_404(rounds_visible_to(request.user, campaign_code), code=round_code)
    if plans.plan_of(round_) is None:
        raise Http404(_("This campaign has no appraisal."))
    return round_


def unit_in_sight(
    request: Request, campaign_code: str, round_code: str, unit_code: str
) -> "tuple[Round, Unit]":
    """Round and unit with a ballot, or 404; refused for those who may not read its appraisal."""
    round_ = round_in_sight(request, campaign_code, round_code)
    visible = units_visible_to(request.user, round_.campaign)
    visible = visible.filter(is_appraised_at(round_.campaign))
    unit = get_object_or_404(visible.select_related("campaign"), code=unit_code)
    refuse(why_not_read(request.user, unit))
    return round_, unit


def box_at(round_: "Round", code: str) -> Box:
    """The ballot box of that code, or 404."""
    box = box_called(round_, code)
    if box is None:
        raise Http404(_("This campaign has no such ballot form."))
    return box


def form_of(round_: "Round", form_code: str) -> "BallotForm":
    """The ballot form, or 404."""
    form = plans.form_of(plans.needed_plan(round_), form_code)
    if form is None:
        raise Http404(_("This campaign has no such ballot form."))
    return form
