"""What waits to be registered; registering it, alone or many as one, and setting it aside."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import ancestor_paths, units_visible_to
from pingyi.core.refusals import Refusal
from pingyi.rectification.enums import SourceKind
from pingyi.rectification.forms import RegisterForm, SetAsideForm
from pingyi.rectification.operations.register import register_item, set_aside
from pingyi.rectification.queries.items import paths_of
from pingyi.rectification.queries.waiting import BELOW, Found, found_in, waiting_of
from pingyi.rectification.views.viewing import campaign_in_sight, page_of
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Unit
    from pingyi.rectification.queries.waiting import Said

# So many units of a search are offered.
UNITS_OFFERED = 20


@require_safe
def waiting(request: Request, campaign_code: str) -> HttpResponse:
    """Of one kind what nobody has taken up: tick those that say the same."""
    campaign = campaign_in_sight(request, campaign_code)
    of = request.GET.get("of", "")
    kind = SourceKind(of) if of in SourceKind.values else SourceKind.OPINION
    _below, searched = BELOW[kind]
    unit = "counted_in" if kind is SourceKind.REVIEW else "appraisal__unit"
    listing = list_page(
        request,
        waiting_of(kind, request.user, campaign),
        search=(searched, f"{unit}__name"),
        sorts={"said": "pk"},
        default="-said",
    )
    context = {
        "campaign": campaign,
        "listing": listing,
        "rows": found_in(listing.page.object_list),
        "of": kind.value,
        "kinds": SourceKind.choices,
    }
    return render(request, "rectification/waiting.html", context)


@form_page
def register(request: Request, campaign_code: str) -> HttpResponse:
    """Register what the ticked ones say as one item; or a problem that stands nowhere yet."""
    campaign = campaign_in_sight(request, campaign_code)
    chosen = _Chosen(request, campaign)
    initial = {"problem": "\n".join(dict.fromkeys(each.problem for each in chosen.rows))}
    form = RegisterForm(_units(request, campaign, chosen), request.POST or None, initial=initial)
    return Deed(
        title=_("Register what is to be put right"),
        state=campaign.name,
        finds="" if chosen.rows else _("Name, initials or code of the organization"),
        form=form,
        submit=pgettext("rectification", "Register"),
        do=lambda target, problem, **who: register_item(
            unit=target, problem=problem, said=chosen.said, **who
        ),
        to=lambda made: page_of("item", campaign_code, made.pk),
        done=_("Registered."),
        back=page_of("waiting" if chosen.rows else "items", campaign_code),
        refusal=chosen.refusal,
        template="rectification/register.html",
        context=lambda: {"chosen": chosen.rows},
    ).page(request)


@form_page
def aside(request: Request, campaign_code: str) -> HttpResponse:
    """Say why nothing is to be put right about the ticked ones."""
    campaign = campaign_in_sight(request, campaign_code)
    chosen = _Chosen(request, campaign)
    return Deed(
        title=_("Nothing to put right"),
        state=_("What was said stays where it was said; it is not asked about again."),
        form=SetAsideForm(request.POST or None),
        submit=_("Set aside"),
        do=lambda reason, **who: set_aside(said=chosen.said, reason=reason, **who),
        done=_("Set aside."),
        back=page_of("waiting", campaign_code),
        refusal=chosen.refusal,
        template="rectification/register.html",
        context=lambda: {"chosen": chosen.rows},
    ).page(request)


class _Chosen:
    """What was ticked, as far as it still waits; a form that is sent again names it again."""

    def __init__(self, request: Request, campaign: "Campaign") -> None:
        given = request.POST if request.method == "POST" else request.GET
        self.said: list[Said] = []
        self.asked = 0
        for kind in SourceKind:
            if keys := _keys(given.getlist(kind)):
                self.said += waiting_of(kind, request.user, campaign).filter(pk__in=keys)
                self.asked += len(keys)

    @property
    def rows(self) -> list[Found]:
        """As lines."""
        return found_in(self.said)

    @property
    def refusal(self) -> Refusal | None:
        """Where something that was ticked does not wait any more."""
        missing = self.asked - len(self.said)
        if not missing:
            return None
        return Refusal(
            _("%(n)d of them were taken up or set aside meanwhile; look at the list again.")
            % {"n": missing},
            code="already_taken",
        )


def _keys(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text.isdecimal() and len(text) < 18}


def _units(request: Request, campaign: "Campaign", chosen: _Chosen) -> "list[Unit]":
    """Who can be asked to put it right: the units about which it was said and those above all of
    them, as far as the actor keeps their records; without any, what the search finds.
    """
    kept: Any = units_visible_to(request.user, campaign).in_subtree(
        paths_of(request.user, campaign, Right.RECORD_APPRAISALS)
    )
    if chosen.rows:
        above = [set(ancestor_paths(row.unit.path)) | {row.unit.path} for row in chosen.rows]
        common = set.intersection(*above)
        return list(kept.filter(path__in=common).order_by("-path"))
    text = request.GET.get("q", "").strip() or request.POST.get("target", "")
    if not text:
        return []
    found = kept.filter(code=text) | kept.filter(name__icontains=text)
    found |= kept.filter(initials__icontains=text)
    return list(found.order_by("path")[:UNITS_OFFERED])
