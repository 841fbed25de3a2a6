"""The Excel form of a unit without the program: fetched, sent in, and what became of it."""

from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import pack_of
from pingyi.core.refusals import refuse
from pingyi.returns.exports.answers import answer_file
from pingyi.returns.exports.form import form_file
from pingyi.returns.forms import IntakeForm
from pingyi.returns.operations.intake import Outcome, take_in
from pingyi.returns.permissions import why_not_hand_in
from pingyi.returns.queries.form import form_name, form_of
from pingyi.returns.queries.form_sentences import fault_lines
from pingyi.returns.queries.intakes import came_back, intake_of, intakes_of
from pingyi.returns.views.viewing import unit_in_sight
from pingyi.ui.deeds import done, form_page, status_of
from pingyi.ui.downloads import download, file_name
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.returns.models import Intake


@require_safe
def form(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """The form with what is counted and said by now."""
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    tables = pack_of(round_.campaign).tables
    if not tables:
        raise Http404(_("This campaign has no statistical tables."))
    made = form_of(round_, unit, tables, nonce=token_hex(8), now=request.now)
    return download(form_file(made, made_at=request.now), form_name(made))


@form_page
def intake(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """Send the form in; those that came in so far."""
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    refuse(why_not_hand_in(request.user, unit))
    shown = IntakeForm(request.POST or None, request.FILES or None)
    deed = partial(take_in, round_=round_, unit=unit)
    answer = done(request, shown, deed, to=partial(_page_of, round_, unit))
    if answer is not None:
        return answer
    listing = list_page(
        request,
        intakes_of(round_, unit),
        search=("filename",),
        sorts={"received": "received_at"},
        default="-received",
    )
    context = {"round": round_, "unit": unit, "form": shown, "listing": listing}
    return render(request, "returns/intake.html", context, status=status_of(shown))


@require_safe
def received(
    request: Request, campaign_code: str, round_code: str, unit_code: str, pk: int
) -> HttpResponse:
    """The receipt of a form: what was taken over, or everything that is wrong with it."""
    round_, unit, found = _intake(request, campaign_code, round_code, unit_code, pk)
    pack = pack_of(round_.campaign)
    context = {
        "round": round_,
        "unit": unit,
        "intake": found,
        "errors": fault_lines(pack, found.faults),
        "notes": fault_lines(pack, found.notes),
        "versions": [
            (next(table.annex for table in pack.tables if table.code == each["table"]), each)
            for each in found.versions
        ],
        "back": came_back(found),
        "refusal": why_not_hand_in(request.user, unit),
    }
    return render(request, "returns/received.html", context)


@require_safe
def answer(
    request: Request, campaign_code: str, round_code: str, unit_code: str, pk: int
) -> HttpResponse:
    """The form made anew with the sender's figures, what is wrong marked."""
    round_, unit, found = _intake(request, campaign_code, round_code, unit_code, pk)
    content = answer_file(found, nonce=token_hex(8), now=request.now)
    name = file_name(unit.name, _("To be mended"), round_.name, kind="xlsx")
    return download(content, name)


def _page_of(round_: "Round", unit: "Unit", outcome: Outcome) -> str:
    where = [round_.campaign.code, round_.code, unit.code, outcome.intake.pk]
    return reverse("returns:received", args=where)


def _intake(
    request: Request, campaign_code: str, round_code: str, unit_code: str, pk: int
) -> "tuple[Round, Unit, Intake]":
    round_, unit = unit_in_sight(request, campaign_code, round_code, unit_code)
    found = intake_of(round_, unit, pk)
    if found is None:
        raise Http404
    return round_, unit, found
