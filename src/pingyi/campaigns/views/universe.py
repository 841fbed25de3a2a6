"""The frozen universe: its units, its people, and what was amended since."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns import permissions
from pingyi.campaigns.queries.people import BY_UNIT, PeopleInSight
from pingyi.campaigns.queries.rounds import AMENDMENTS_SEARCHED, amendments_visible_to
from pingyi.campaigns.queries.scopes import units_visible_to
from pingyi.campaigns.views.viewing import campaign_in_sight
from pingyi.core.clock import day_of
from pingyi.register.queries import last_fours
from pingyi.ui.lists import list_page
from pingyi.ui.name_order import name_order


@require_safe
def units(request: Request, campaign_code: str) -> HttpResponse:
    """The frozen tree, as far as it is in sight."""
    campaign = campaign_in_sight(request, campaign_code)
    rows = units_visible_to(request.user, campaign).with_heads().select_related("parent")
    listing = list_page(
        request,
        rows,
        search=("name", "code", "initials"),
        sorts={"tree": "path", "name": "name", "code": "code", "members": "heads"},
        default="tree",
    )
    context = {
        "campaign": campaign,
        "listing": listing,
        "refusal": permissions.why_not_amend(request.user, campaign),
    }
    return render(request, "campaigns/units.html", context)


@require_safe
def people(request: Request, campaign_code: str) -> HttpResponse:
    """The frozen people, as far as they are in sight."""
    campaign = campaign_in_sight(request, campaign_code)
    listing = list_page(
        request,
        PeopleInSight(request.user, campaign),
        sorts={
            "unit": BY_UNIT,
            "name": name_order(request),
            "standing": "standing",
        },
        default="unit",
    )
    # Who of two is 甲 and who is 乙 stands nowhere else, and is asked for them alone.
    marked = [one.person_id for one in listing.page if one.told_apart and one.person_id]
    known = last_fours(marked, actor=request.user, on=day_of(request.now))
    context = {
        "campaign": campaign,
        "listing": listing,
        "rows": [(one, known.get(one.person_id or 0, "")) for one in listing.page],
        "refusal": permissions.why_not_amend(request.user, campaign),
    }
    return render(request, "campaigns/people.html", context)


@require_safe
def amendments(request: Request, campaign_code: str) -> HttpResponse:
    """What was changed since the freeze, and why."""
    campaign = campaign_in_sight(request, campaign_code)
    listing = list_page(
        request,
        amendments_visible_to(request.user, campaign),
        search=AMENDMENTS_SEARCHED,
        sorts={"on": "amended_at", "kind": "kind", "unit": "unit__path"},
        default="-on",
    )
    return render(request, "campaigns/amendments.html", {"campaign": campaign, "listing": listing})
