"""A bulletin is begun from a text of the pack, written and revised."""

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.bulletins.enums import BulletinDeed, Scope
from pingyi.bulletins.forms import BulletinForm
from pingyi.bulletins.operations import writing
from pingyi.bulletins.permissions import why_not_do, why_not_write
from pingyi.bulletins.queries.bulletins import paths_of
from pingyi.bulletins.queries.figures import nameable
from pingyi.bulletins.queries.seen import FIELDS, bulletin_content, bulletin_seen
from pingyi.bulletins.views.viewing import bulletin_in_sight, campaign_in_sight, page_of
from pingyi.campaigns.queries import pack_of, units_visible_to
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import BulletinPlan


@require_safe
def begin(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """For which organization, and from which text of the pack."""
    campaign = campaign_in_sight(request, campaign_code)
    round_ = get_object_or_404(campaign.rounds, code=round_code)
    paths = paths_of(request.user, campaign, Right.PUBLISH_REVIEWS)
    listing = list_page(
        request,
        campaign.units.active().in_subtree(paths),
        search=("name", "code", "initials"),
        sorts={"unit": "path"},
        default="unit",
    )
    context = {
        "campaign": campaign,
        "round": round_,
        "listing": listing,
        "plans": _plans(round_),
    }
    return render(request, "bulletins/begin.html", context)


def _plans(round_: "Round") -> "list[BulletinPlan]":
    return [
        each for each in pack_of(round_.campaign).bulletins if each.round in {None, round_.code}
    ]


@form_page
def write(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """Write a new bulletin, beginning with a text of the pack where one is named."""
    campaign = campaign_in_sight(request, campaign_code)
    round_ = get_object_or_404(campaign.rounds, code=round_code)
    unit = get_object_or_404(units_visible_to(request.user, campaign), code=unit_code)
    unit.campaign = round_.campaign = campaign
    return Deed(
        title=_("Write a bulletin"),
        state=f"{round_.name} · {unit.name}",
        form=BulletinForm(request.POST or None, initial=_initial(request, round_, unit)),
        submit=_("Keep as a draft"),
        do=partial(_write, round_, unit),
        done=_("Kept. Somebody else reads and approves it."),
        back=page_of("begin", campaign_code, round_code),
        to=lambda made: page_of("bulletin", campaign_code, made.pk),
        refusal=why_not_write(request.user, unit),
        template="bulletins/write.html",
        context=lambda: {"figures": nameable(round_, unit)},
    ).page(request)


def _write(round_: "Round", unit: "Unit", **values: Any) -> Any:
    who = {"by": values.pop("by"), "now": values.pop("now")}
    return writing.write(round_=round_, unit=unit, said=writing.Said(**values), **who)


def _initial(request: Request, round_: "Round", unit: "Unit") -> dict[str, str]:
    """The text of the pack with the names in it; an empty one is read by the unit itself."""
    code = request.GET.get("from", "")
    plan = next((each for each in _plans(round_) if each.code == code), None)
    if plan is None:
        return {"scope": Scope.UNIT}
    names = {"unit": unit.name, "round": round_.name, "campaign": round_.campaign.name}
    return asdict(writing.begun_from(plan, names))


@form_page
def revise(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Change the text, the head or the scope; figures are taken anew."""
    found = bulletin_in_sight(request, campaign_code, pk)
    initial = {name: getattr(found, name) for name in FIELDS}
    return Deed(
        title=_("Revise a bulletin"),
        state=f"{found.round.name} · {found.unit.name}",
        form=BulletinForm(request.POST or None, initial=initial),
        submit=_("Keep as a draft"),
        do=partial(_revise, found),
        done=_("Kept. Somebody else reads and approves it."),
        back=page_of("bulletin", campaign_code, pk),
        refusal=why_not_do(request.user, found, BulletinDeed.REVISE),
        edits=Edited(f"bulletin:{pk}", partial(bulletin_seen, pk), known=bulletin_content(found)),
        template="bulletins/write.html",
        context=lambda: {"figures": nameable(found.round, found.unit)},
    ).page(request)


def _revise(bulletin: Any, **values: Any) -> Any:
    who = {"by": values.pop("by"), "now": values.pop("now")}
    return writing.revise(bulletin=bulletin, said=writing.Said(**values), **who)
