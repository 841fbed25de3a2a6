"""A vote by slips in a sealed box: one page, on which it is prepared, opened, closed, counted."""

from base64 import b64encode
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi.accounts.requests import Request, address_for_others
from pingyi.appraisals.exports.slips import slips_pdf
from pingyi.appraisals.forms.sealed import CloseForm, SlipsForm, VoidForm
from pingyi.appraisals.operations.sealed import (
    close_vote,
    count_vote,
    open_vote,
    prepare_vote,
    void_vote,
)
from pingyi.appraisals.permissions.sealed import why_not_move, why_not_prepare
from pingyi.appraisals.queries.boxes import Box
from pingyi.appraisals.queries.sealed import alike_in, sealed_vote, vote_seen
from pingyi.appraisals.queries.stages import appraisal_of
from pingyi.appraisals.views.viewing import box_at, page_of, unit_in_sight
from pingyi.ui.deeds import done, done_or_refused, form_page, status_of
from pingyi.ui.downloads import file_name
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.appraisals.models import SealedVote
    from pingyi.campaigns.models import Round, Unit


@form_page
def sealed(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> HttpResponse:
    """The box with its next step; POST prepares it and gives the slips, which are kept nowhere."""
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    box = box_at(round_, form_code)
    form = SlipsForm(request.POST if request.method == "POST" else None)
    answer = done(
        request,
        form,
        partial(prepare_vote, round_=round_, unit=unit, box=box),
        to=partial(_slips, request, round_, unit, box),
        edits=_edited(round_, unit, box),
    )
    return answer or _page(request, round_, unit, box, slips_form=form)


def _slips(
    request: Request,
    round_: "Round",
    unit: "Unit",
    box: Box,
    made: "tuple[SealedVote, list[str]]",
) -> HttpResponse:
    """The slips inside the answer itself: no file of theirs is ever kept."""
    vote, codes = made
    slips = slips_pdf(vote, f"{unit.name} · {box.called}", codes, _address(request, vote))
    context = {
        "round": round_,
        "unit": unit,
        "box": box,
        "vote": vote,
        "slips": b64encode(slips).decode(),
        "name": file_name(unit.name, box.form.annex, _("slips"), round_.name, kind="pdf"),
    }
    return render(request, "appraisals/slips.html", context)


def _address(request: Request, vote: "SealedVote") -> str:
    """The page of the box as voters find it; empty where this machine alone does."""
    booth = reverse("ballots:booth", urlconf=settings.SEALED_URLCONF, args=[vote.box])
    return address_for_others(request, booth)


def _page(
    request: Request,
    round_: "Round",
    unit: "Unit",
    box: Box,
    *,
    slips_form: SlipsForm | None = None,
    close_form: CloseForm | None = None,
    void_form: VoidForm | None = None,
) -> HttpResponse:
    vote = sealed_vote(appraisal_of(round_, unit), box)
    forms = [slips_form or SlipsForm(), close_form or CloseForm(), void_form or VoidForm()]
    standing = vote if vote is not None and vote.voided_at is None else None
    context = {
        "round": round_,
        "unit": unit,
        "box": box,
        "vote": standing,
        "void_before": vote if standing is None else None,
        "address": _address(request, standing) if standing else "",
        "alike": alike_in(standing) if standing else 0,
        "is_found": bool(address_for_others(request, "/")),
        "prepare_refusal": None if standing else why_not_prepare(request.user, round_, unit, box),
        "move_refusal": why_not_move(request.user, standing) if standing else None,
        "edits": _edited(round_, unit, box),
        "slips_form": forms[0],
        "close_form": forms[1],
        "void_form": forms[2],
    }
    return render(request, "appraisals/sealed.html", context, status=status_of(*forms))


@require_POST
def move(
    request: Request,
    campaign_code: str,
    round_code: str,
    unit_code: str,
    form_code: str,
    deed: str,
) -> HttpResponse:
    """Open, close, count or void the box."""
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    box = box_at(round_, form_code)
    vote = sealed_vote(appraisal_of(round_, unit), box)
    if vote is None:
        raise Http404(_("There is no sealed box for this ballot."))
    back, edits = page_of("sealed", round_, unit, box.code), _edited(round_, unit, box)
    if deed == "close":
        form = CloseForm(request.POST)
        do = partial(close_vote, vote=vote)
        said = _("The box is closed.")
        answer = done(request, form, do, to=back, said=said, edits=edits, back=back)
        return answer or _page(request, round_, unit, box, close_form=form)
    if deed == "void":
        void_form = VoidForm(request.POST)
        do_void = partial(void_vote, vote=vote)
        said = _("The vote is void. Prepare the next one.")
        answer = done(request, void_form, do_void, to=back, said=said, edits=edits, back=back)
        return answer or _page(request, round_, unit, box, void_form=void_form)
    deeds = {
        "open": (partial(open_vote, vote=vote), _("The box is open.")),
        "count": (partial(count_vote, vote=vote), _("The box is counted.")),
    }
    if deed not in deeds:
        raise Http404
    return done_or_refused(request, deeds[deed][0], back=back, said=deeds[deed][1], edits=edits)


def _edited(round_: "Round", unit: "Unit", box: Box) -> Edited:
    """The vote that stands on a form, by how far it is."""

    def read() -> dict[str, object]:
        return vote_seen(appraisal_of(round_, unit), box)

    return Edited(f"sealed:{round_.pk}:{unit.pk}:{box.code}", read)
