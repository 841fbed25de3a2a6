"""The organization picker of every page: by name, pinyin initials or code."""

from django.db.models import Q
from django.urls import reverse

from pingyi.campaigns.queries import units_visible_to
from pingyi.web.queries.frame import Place

SHOWN = 12


def found_organizations(
    actor: object, place: Place, text: str, *, most: int = SHOWN
) -> list[tuple[str, str, str]]:
    """(name, code and level, address) of units of the campaign that the actor sees."""
    text = text.strip()
    if not text or place.campaign is None or place.round is None:
        return []
    codes = (place.campaign.code, place.round.code)
    units = units_visible_to(actor, place.campaign)  # type: ignore[arg-type]  # a signed-in user
    wanted = (
        Q(name__icontains=text) | Q(initials__contains=text.lower()) | Q(code__istartswith=text)
    )
    return [
        (unit.name, unit.code, reverse("web:unit", args=[*codes, unit.code]))
        for unit in units.filter(wanted).order_by("depth", "path")[:most]
    ]
