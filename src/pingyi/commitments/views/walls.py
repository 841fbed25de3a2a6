"""The wall of commitments of a branch: to be read, printed, proposed to and filled from a list."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import participant_of
from pingyi.commitments.exports import SHEETS
from pingyi.commitments.exports import wall as wall_of_paper
from pingyi.commitments.forms import ImportForm, ProposeForm
from pingyi.commitments.operations.propose import Promise, propose_many
from pingyi.commitments.operations.propose import propose as propose_one
from pingyi.commitments.permissions import why_not_import, why_not_propose
from pingyi.commitments.queries.commitments import called, kinds_of, rate_of, wall_of
from pingyi.commitments.views.viewing import page_of, unit_in_sight
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.downloads import download, file_name

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Unit


@require_safe
def wall(request: Request, campaign_code: str, unit_code: str) -> HttpResponse:
    """What a branch and its members promise in public, and how much of it was kept."""
    unit = unit_in_sight(request, campaign_code, unit_code)
    found = wall_of(unit)
    context = {
        "campaign": unit.campaign,
        "unit": unit,
        "rows": called(kinds_of(unit.campaign), found),
        "rate": rate_of(found),
        "keeps": why_not_import(request.user, unit) is None,
    }
    return render(request, "commitments/wall.html", context)


@require_safe
def printed(request: Request, campaign_code: str, unit_code: str, size: str) -> HttpResponse:
    """The same as sheets for the notice board, A4 or A3."""
    unit = unit_in_sight(request, campaign_code, unit_code)
    if size not in SHEETS:
        raise Http404(_("There is no such document."))
    content = wall_of_paper(unit, called(kinds_of(unit.campaign), wall_of(unit)), size)
    name = file_name(unit.name, _("Public commitments"), size.upper(), kind="pdf")
    return download(content, name)


@form_page
def propose(request: Request, campaign_code: str, unit_code: str) -> HttpResponse:
    """Propose a commitment: of oneself, or where one keeps the records of anybody there."""
    unit = unit_in_sight(request, campaign_code, unit_code)
    keeps = why_not_import(request.user, unit) is None
    me = participant_of(request.user, unit.campaign)
    own = [me] if me is not None and me.unit_id == unit.pk else []
    makers = _members(unit) if keeps else own
    kinds = kinds_of(unit.campaign)
    return Deed(
        title=_("Propose a commitment"),
        state=unit.name,
        form=ProposeForm(kinds, makers, keeps, request.POST or None),
        submit=_("Propose"),
        do=partial(_propose, unit),
        done=_("Proposed. It is examined before it is made public."),
        back=page_of("wall", campaign_code, unit_code),
        to=lambda made: page_of("commitment", campaign_code, made.pk),
        refusal=None if makers or keeps else why_not_propose(request.user, unit, None),
    ).page(request)


def _members(unit: "Unit") -> "list[Participant]":
    return list(unit.members.active().order_by("initials", "name", "pk"))


def _propose(unit: "Unit", **values: Any) -> Any:
    who = {"by": values.pop("by"), "now": values.pop("now")}
    return propose_one(unit=unit, promise=Promise(**values), **who)


@form_page
def take_over(request: Request, campaign_code: str, unit_code: str) -> HttpResponse:
    """Take over the list of a whole branch from Excel, all of it or nothing."""
    unit = unit_in_sight(request, campaign_code, unit_code)
    kinds = kinds_of(unit.campaign)
    return Deed(
        title=_("Take over a list of commitments"),
        state=unit.name,
        form=ImportForm(kinds, _members(unit), request.POST or None, request.FILES or None),
        submit=_("Take over"),
        do=partial(_take_over, unit),
        done=_taken,
        back=page_of("wall", campaign_code, unit_code),
        to=lambda _made: f"{page_of('commitments', campaign_code)}?state=proposed",
        refusal=why_not_import(request.user, unit),
    ).page(request)


def _take_over(unit: "Unit", **values: Any) -> Any:
    promises = [Promise(**line) for line in values["lines"]]
    return propose_many(unit=unit, promises=promises, by=values["by"], now=values["now"])


def _taken(made: list[Any]) -> str:
    n = len(made)
    return ngettext("%(n)d commitment is taken over.", "%(n)d commitments are taken over.", n) % {
        "n": n
    }
