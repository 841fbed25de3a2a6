"""The search of every page: organizations by name, pinyin initials or code; people by name,
initials or last four, for whoever may see them.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import tops
from pingyi.campaigns.enums import CampaignState
from pingyi.campaigns.queries import current_round, units_visible_to
from pingyi.organizations import queries as ground
from pingyi.register.queries import find_people
from pingyi.web.queries.frame import Place

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Round

SHOWN = 12
# A surname alone names thousands, and every letter that is typed is searched for.
LEAST_OF_A_PERSON = 2


def found_organizations(
    actor: "User", campaign: "Campaign", round_: "Round | None", text: str, *, most: int = SHOWN
) -> list[tuple[str, str, str]]:
    """(name, code and level, address) of units of a campaign that the actor sees."""
    text = text.strip()
    if not text or round_ is None:
        return []
    codes = (campaign.code, round_.code)
    units = units_visible_to(actor, campaign)
    wanted = (
        Q(name__icontains=text) | Q(initials__contains=text.lower()) | Q(code__istartswith=text)
    )
    return [
        (unit.name, unit.code, reverse("web:unit", args=[*codes, unit.code]))
        for unit in units.filter(wanted).order_by("depth", "path")[:most]
    ]


def found_everywhere(
    actor: "User", place: Place, text: str, today: date, *, most: int = SHOWN
) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """(title, lines) of the organizations in each campaign that is not closed, the one of the page
    first, and of the people.
    """
    if place.campaign is None:
        found = []
    else:
        others = [
            each
            for each in place.campaigns
            if each != place.campaign and each.state == CampaignState.OPEN
        ]
        rounds = [(place.campaign, place.round)]
        rounds += [(each, current_round(each, today)) for each in others]
        found = [
            (
                _("Organizations · %(campaign)s") % {"campaign": campaign.name}
                if others
                else _("Organizations"),
                found_organizations(actor, campaign, round_, text, most=most),
            )
            for campaign, round_ in rounds
        ]
    found.append((_("People"), found_people(actor, text, today, most=most)))
    return [(title, lines) for title, lines in found if lines]


def found_people(
    actor: "User", text: str, on: date, *, most: int = SHOWN
) -> list[tuple[str, str, str]]:
    """(name, where a member and last four, address) of people of the register the actor sees."""
    text = text.strip()
    if len(text) < LEAST_OF_A_PERSON or not tops(actor, Right.READ_PEOPLE):
        return []
    people = ground.with_membership(find_people(text, actor=actor, on=on), on)
    rows: list[Any] = list(people.order_by("by_pinyin", "pk")[:most])
    ground.tell_apart(rows, on)
    return [
        (
            row.shown_name,
            " ".join(
                filter(
                    None,
                    (
                        row.organization_name,
                        row.shown_last4 and _("…{last4}").format(last4=row.shown_last4),
                    ),
                )
            ),
            reverse("register:person", args=[row.pk]),
        )
        for row in rows
    ]
