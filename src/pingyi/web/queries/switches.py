"""The switches at the top of every page: the same page in another campaign, in another round."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.urls import resolve, reverse

from pingyi.campaigns.queries import campaigns_with_unit, current_round
from pingyi.core.clock import day_of, read_now
from pingyi.ui.doors import MENUS, PAGES_OF_ONE_ROUND

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Round

# What pages of every campaign may name in their address.
SHARED = {"campaign_code", "round_code", "unit_code"}
# Rooms whose pages every campaign has.
EVERYWHERE = {"web", "campaigns"}

Choice = tuple[str, str, bool]


def other_campaigns(
    request: HttpRequest, campaigns: "list[Campaign]", campaign: "Campaign | None"
) -> list[Choice]:
    """(name, address, whether one is there): the same page in each campaign that has it, else the
    room's page in the menu, else the first page of that campaign.
    """
    if len(campaigns) < 2:
        return [(each.name, _home(each), each == campaign) for each in campaigns]
    now = getattr(request, "now", None) or read_now()
    page, kwargs = _page(request)
    with_unit = campaigns_with_unit(campaigns, kwargs["unit_code"]) if "unit_code" in kwargs else ()
    found = []
    for each in campaigns:
        round_ = current_round(each, day_of(now))
        if page is None:
            url = _home(each)
        elif "campaign_code" not in kwargs:
            url = reverse(page, kwargs=kwargs, query={"campaign": each.code})
        else:
            has_unit = "unit_code" not in kwargs or each.pk in with_unit
            url = _there(request, page, kwargs, each, round_, has_unit=has_unit)
        found.append((each.name, url, each == campaign))
    return found


def _page(request: HttpRequest) -> tuple[str | None, dict[str, Any]]:
    """The page and what its address names; the page above for what one campaign alone has."""
    match = request.resolver_match
    if match is None:
        return None, {}
    page, kwargs = match.view_name, dict(match.kwargs)
    if page in PAGES_OF_ONE_ROUND:
        page = PAGES_OF_ONE_ROUND[page]
        kwargs.popitem()  # what belongs to one round stands last in the address
    return (page, kwargs) if set(kwargs) <= SHARED else (None, {})


def _there(
    request: HttpRequest,
    page: str,
    kwargs: dict[str, Any],
    campaign: "Campaign",
    round_: "Round | None",
    *,
    has_unit: bool,
) -> str:
    room = page.partition(":")[0]
    fits = has_unit and (round_ is not None or "round_code" not in kwargs)
    if room not in EVERYWHERE or not fits:
        offered = dict(_offered(cast("User", request.user), round_))
        if room not in offered or not fits:
            return offered.get(room, _home(campaign))
    names: dict[str, Any] = {"campaign_code": campaign.code}
    if "round_code" in kwargs and round_ is not None:
        names["round_code"] = round_.code
    return reverse(page, kwargs={**kwargs, **names})


def _offered(actor: "User", round_: "Round | None") -> Iterator[tuple[str, str]]:
    """The rooms in the menu of a round, each with its page."""
    for of_room in MENUS.values():
        for entry in of_room(actor, round_):
            yield resolve(entry.url).namespace, entry.url


def other_rounds(
    request: HttpRequest, campaign: "Campaign | None", round_: "Round | None"
) -> list[Choice]:
    """The same page in another round where it has one, else the home page of that round."""
    if campaign is None:
        return []
    match = request.resolver_match
    kwargs = dict(match.kwargs) if match is not None else {}
    page = match.view_name if match is not None and "round_code" in kwargs else ""
    if page in PAGES_OF_ONE_ROUND:
        page = PAGES_OF_ONE_ROUND[page]
        kwargs.popitem()  # what belongs to one round stands last in the address
    found = []
    for each in campaign.rounds.all():
        if page:
            url = reverse(page, kwargs={**kwargs, "round_code": each.code})
        else:
            url = reverse("web:home", query={"campaign": campaign.code, "round": each.code})
        found.append((each.name, url, each == round_))
    return found


def _home(campaign: "Campaign") -> str:
    return reverse("web:home", query={"campaign": campaign.code})
