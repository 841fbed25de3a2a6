"""The forms of several units handed in at once: sent, read by a worker, and one list of results."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import pack_of
from pingyi.core.refusals import refuse
from pingyi.returns.enums import BatchState
from pingyi.returns.forms import ManyForm
from pingyi.returns.operations.many import hand_in_many, take_up
from pingyi.returns.permissions import why_not_hand_in_many, why_not_take_up
from pingyi.returns.queries.form_sentences import fault_lines
from pingyi.returns.queries.intakes import batches_of, files_of
from pingyi.returns.views.viewing import round_in_sight
from pingyi.ui.deeds import done, done_or_refused, form_page, status_of
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round
    from pingyi.returns.models import Batch


@form_page
def many(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Hand in several forms; what one handed in so far."""
    round_ = round_in_sight(request, campaign_code, round_code)
    refuse(why_not_hand_in_many(request.user, round_))
    form = ManyForm(request.POST or None, request.FILES or None)
    answer = done(request, form, partial(hand_in_many, round_=round_), to=_page_of)
    if answer is not None:
        return answer
    listing = list_page(
        request,
        batches_of(request.user, round_),
        sorts={"sent": "sent_at"},
        default="-sent",
    )
    context = {"round": round_, "form": form, "listing": listing}
    return render(request, "returns/many.html", context, status=status_of(form))


@require_safe
def batch(request: Request, campaign_code: str, round_code: str, pk: int) -> HttpResponse:
    """What became of each file, those with errors named; how far it is as long as it is read."""
    round_, found = _batch(request, campaign_code, round_code, pk)
    listing = list_page(
        request, files_of(found), search=("filename",), sorts={"place": "position"}, default="place"
    )
    pack = pack_of(round_.campaign)
    context = {
        "round": round_,
        "batch": found,
        "is_working": found.state == BatchState.WAITING,
        "refusal": why_not_take_up(request.user, found),
        "listing": listing,
        "rows": [
            (file, fault_lines(pack, file.intake.faults) if file.intake else [])
            for file in listing.page
        ],
    }
    return render(request, "returns/batch.html", context)


@require_safe
def progress(request: Request, campaign_code: str, round_code: str, pk: int) -> HttpResponse:
    """How far it is, asked every second; when it is done the page is loaded again."""
    round_, found = _batch(request, campaign_code, round_code, pk)
    if not request.htmx:
        return redirect(_page_of(found))
    if found.state != BatchState.WAITING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "returns/batch_progress.html", {"round": round_, "batch": found})


@require_POST
def again(request: Request, campaign_code: str, round_code: str, pk: int) -> HttpResponse:
    """Go on with what was broken off."""
    _round, found = _batch(request, campaign_code, round_code, pk)
    return done_or_refused(
        request, partial(take_up, batch=found), back=_page_of(found), said=_("It goes on.")
    )


def _page_of(batch: "Batch") -> str:
    where = [batch.round.campaign.code, batch.round.code, batch.pk]
    return reverse("returns:batch", args=where)


def _batch(request: Request, campaign_code: str, round_code: str, pk: int) -> "tuple[Round, Batch]":
    round_ = round_in_sight(request, campaign_code, round_code)
    found = batches_of(request.user, round_).filter(pk=pk).first()
    if found is None:
        raise Http404
    return round_, found
