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
from pingyi.rectification.forms import RegisterForm, SetAsideForm
from pingyi.rectification.operations.register import register_item, set_aside
from pingyi.rectification.queries.items import paths_of
from pingyi.rectification.queries.waiting import (
    Found,
    decisions_waiting,
    found_in,
    opinions_waiting,
)
from pingyi.rectification.views.viewing import campaign_in_sight, page_of
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Unit

# So many units of a search are offered.
UNITS_OFFERED = 20
DECISIONS = "decisions"


@require_safe
def waiting(request: Request, campaign_code: str) -> HttpResponse:
    """Opinions, or decisions, that nobody has taken up: tick those that say the same."""
    campaign = campaign_in_sight(request, campaign_code)
    opinions = opinions_waiting(request.user, campaign)
    decisions = decisions_waiting(request.user, campaign)
    of = request.GET.get("of", "")
    is_of_decisions = of == DECISIONS
    listing = list_page(
        request,
        decisions if is_of_decisions else opinions,
        search=("decision" if is_of_decisions else "text", "appraisal__unit__name"),
        sorts={"said": "pk"},
        default="-said",
    )
    shown = listing.page.object_list
    context = {
        "campaign": campaign,
        "listing": listing,
        "rows": found_in([], shown) if is_of_decisions else found_in(shown, []),
        "of": DECISIONS if is_of_decisions else "",
        "kinds": [("", _("Opinions")), (DECISIONS, _("Decisions"))],
    }
    return render(request, "rectification/waiting.html", context)


@form_page
def register(request: Request, campaign_code: str) -> HttpResponse:
    """Register what the ticked ones say as one item; or a problem that stands nowhere yet."""
    campaign = campaign_in_sight(request, campaign_code)
    chosen = _Chosen(request, campaign)
    initial = {"problem": "\n".join(dict.fromkeys(each.text for each in chosen.rows))}
    form = RegisterForm(_units(request, campaign, chosen), request.POST or None, initial=initial)
    return Deed(
        title=_("Register what is to be put right"),
        state=campaign.name,
        finds="" if chosen.rows else _("Name, initials or code of the organization"),
        form=form,
        submit=pgettext("rectification", "Register"),
        do=lambda target, problem, **who: register_item(
            unit=target, problem=problem, opinions=chosen.opinions, flags=chosen.flags, **who
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
        do=lambda reason, **who: set_aside(
            opinions=chosen.opinions, flags=chosen.flags, reason=reason, **who
        ),
        done=_("Set aside."),
        back=page_of("waiting", campaign_code),
        refusal=chosen.refusal,
        template="rectification/register.html",
        context=lambda: {"chosen": chosen.rows},
    ).page(request)


class _Chosen:
    """What was ticked, as far as it still waits; a form that is sent again names it again."""

    def __init__(self, request: Request, campaign: "Campaign") -> None:
        said = request.POST if request.method == "POST" else request.GET
        opinions = _keys(said.getlist("opinion"))
        flags = _keys(said.getlist("flag"))
        self.opinions = (
            list(opinions_waiting(request.user, campaign).filter(pk__in=opinions))
            if opinions
            else []
        )
        self.flags = (
            list(decisions_waiting(request.user, campaign).filter(pk__in=flags)) if flags else []
        )
        self.asked = len(opinions) + len(flags)

    @property
    def rows(self) -> list[Found]:
        """As lines."""
        return found_in(self.opinions, self.flags)

    @property
    def refusal(self) -> Refusal | None:
        """Where something that was ticked does not wait any more."""
        missing = self.asked - len(self.opinions) - len(self.flags)
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
