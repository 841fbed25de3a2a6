"""The frame of every page: navigation by role, campaign and round switch, path, who I am."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right, open_grants
from pingyi.campaigns.enums import CampaignState, RoundState
from pingyi.campaigns.queries import (
    ancestors,
    campaigns_visible_to,
    current_round,
    read_scopes,
    scopes,
)
from pingyi.core.clock import day_of, read_now
from pingyi.keeping.permissions import why_not_keep
from pingyi.ledger.queries import is_demo
from pingyi.mailbox.queries import looks_into_mailbox
from pingyi.notifications.queries import unread_count
from pingyi.web.queries.help import paragraph_of
from pingyi.web.queries.menu import navigation
from pingyi.web.queries.switches import other_campaigns, other_rounds

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Round, Unit

PLACE = "_place"


@dataclass(frozen=True)
class Place:
    """Where a page stands: its campaign, round and unit, as far as the address says."""

    campaigns: "list[Campaign]"
    campaign: "Campaign | None"
    round: "Round | None"
    unit: "Unit | None"


def place_for_page(request: HttpRequest) -> Place:
    """The same for a page that only reads and asks for it itself: its frame does not ask again."""
    place = place_of(request)
    setattr(request, PLACE, place)
    return place


def place_of(request: HttpRequest) -> Place:
    """Campaign, round and unit of the address; else the campaign at work and its current round."""
    campaigns = list(campaigns_visible_to(cast("User", request.user)).prefetch_related("rounds"))
    read_scopes(cast("User", request.user), campaigns)
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    code = kwargs.get("campaign_code") or request.GET.get("campaign")
    campaign = next((each for each in campaigns if each.code == code), None)
    campaign = campaign or at_work(campaigns)
    if campaign is None:
        return Place([], None, None, None)
    rounds = {each.code: each for each in campaign.rounds.all()}
    now = getattr(request, "now", None) or read_now()
    round_ = rounds.get(kwargs.get("round_code", "")) or current_round(campaign, day_of(now))
    unit = None
    if "unit_code" in kwargs:
        unit = campaign.units.filter(code=kwargs["unit_code"]).first()
    return Place(campaigns, campaign, round_, unit)


def at_work(campaigns: "list[Campaign]") -> "Campaign | None":
    """The campaign shown to whoever names none: one with an open round, else one that has begun
    and is not closed, else one that is planned, else the last one closed.

    So a campaign opened by mistake takes nobody's page as long as another one runs.
    """

    def rank(campaign: "Campaign") -> int:
        states = {round_.state for round_ in campaign.rounds.all()}
        if campaign.state == CampaignState.CLOSED:
            return 3
        if RoundState.OPEN in states:
            return 0
        return 1 if RoundState.CLOSED in states else 2

    return min(campaigns, key=rank, default=None)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` for ui/page.html; read only where a template uses it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, Any]:
    # An error page may be drawn before anybody has been recognised.
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return {"demo": is_demo(), "feedback": settings.FEEDBACK}
    place = getattr(request, PLACE, None) or place_of(request)
    return {
        "navigation": navigation(request.user, place.round, request.path),
        "campaign": place.campaign.name if place.campaign else "",
        "campaigns": other_campaigns(request, place.campaigns, place.campaign),
        "round": place.round.name if place.round else "",
        "rounds": other_rounds(request, place.campaign, place.round),
        "path": _path(request.user, place),
        "search_url": reverse("web:search"),
        "help_url": _help_url(request),
        "inbox_url": reverse("notifications:list"),
        "wishes_url": reverse("notifications:wishes"),
        "unread": unread_count(request.user.pk),
        "account_url": reverse("accounts:my-account"),
        "accounts_url": reverse("accounts:list")
        if has_right(request.user, Right.MANAGE_ACCOUNTS)
        else "",
        "access_url": reverse("web:access")
        if has_right(request.user, Right.MANAGE_ACCOUNTS)
        else "",
        "mailbox_url": reverse("mailbox:list") if looks_into_mailbox(request.user) else "",
        "backups_url": reverse("keeping:backups") if _keeps_backups(request) else "",
        "sign_out_url": reverse("accounts:sign-out"),
        "session_url": reverse("accounts:session"),
        "sign_in_beside_url": reverse(
            "accounts:sign-in", query={"next": reverse("accounts:signed-in-again")}
        ),
        "demo": is_demo(),
        "feedback": settings.FEEDBACK,
        "user_roles": [
            f"{grant.get_role_display()} · {grant.organization.name}"
            for grant in open_grants(request.user)
        ],
    }


def _help_url(request: HttpRequest) -> str:
    page = request.resolver_match.view_name if request.resolver_match else ""
    return "" if page == "web:help" else f"{reverse('web:help')}#s{paragraph_of(page)}"


def _keeps_backups(request: HttpRequest) -> bool:
    now = getattr(request, "now", None) or read_now()
    return why_not_keep(cast("User", request.user), now) is None


def _path(actor: "User", place: Place) -> list[tuple[str, str]]:
    """The units from the top down to where I am; those out of my sight are named, not linked."""
    if place.unit is None or place.campaign is None or place.round is None:
        return []
    codes = (place.campaign.code, place.round.code)
    line = [*ancestors(place.unit), place.unit]
    in_sight = tuple(scope.path for scope in scopes(actor, place.campaign))
    return [
        (
            unit.name,
            reverse("web:unit", args=[*codes, unit.code]) if unit.path.startswith(in_sight) else "",
        )
        for unit in line
    ]
