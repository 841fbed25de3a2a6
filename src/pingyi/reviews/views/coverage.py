"""Coverage by unit, sector and round, with the list of the missing (N4)."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns import queries as campaigns
from pingyi.campaigns.permissions import why_not_see_gaps, why_not_urge
from pingyi.core.clock import day_of
from pingyi.organizations.queries import sectors
from pingyi.reviews.enums import DUTY
from pingyi.reviews.queries.coverage import Coverage, RoundCoverage
from pingyi.reviews.queries.coverage import coverage as coverage_in
from pingyi.reviews.queries.coverage import missing as missing_in
from pingyi.reviews.queries.sight import kept_units
from pingyi.reviews.views.viewing import (
    Place,
    place_in_sight,
    publishing_page,
    round_of,
    unit_in_sight,
)
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@require_safe
def coverage(
    request: Request, campaign_code: str, round_code: str, unit_code: str = ""
) -> HttpResponse:
    """A unit and the units directly below it, each with all that lies below; sectors; rounds."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    unit = unit_in_sight(place, unit_code) if unit_code else _top(place)
    figures = coverage_in(round_, [unit.path])
    children = unit.children.active()
    listing = list_page(
        request,
        [_Row(child, figures.of(child)) for child in children],
        search=("unit.name", "unit.code", "unit.initials"),
        sorts={"missing": "missing", "name": "unit.name"},
        default="-missing",
    )
    context = {
        "campaign": place.campaign,
        "round": round_,
        "rounds": place.campaign.rounds.all(),
        "unit": unit,
        "keeps": True,
        "path": [
            above
            for above in campaigns.ancestors(unit)
            if any(above.path.startswith(top) for top in place.viewer.keeps)
        ],
        "total": figures.of(unit),
        "listing": listing,
        "sectors": _sectors(figures),
        "publish_url": publishing_page(request.user, place, day_of(request.now), unit, round_),
    }
    return render(request, "reviews/coverage.html", context)


class _Row:
    """A unit below with its figures; the one that owes most comes first."""

    def __init__(self, unit: "Unit", figures: Coverage) -> None:
        self.unit = unit
        self.figures = figures
        self.missing = figures.people.missing + figures.units.missing


def _top(place: Place) -> "Unit":
    """The highest unit the viewer keeps; 404 where they keep none."""
    unit = kept_units(place.viewer, place.campaign).first()
    if unit is None:
        raise Http404
    return unit


def _sectors(figures: RoundCoverage) -> list[dict[str, Any]]:
    return [
        {"name": sector.name, "figures": found}
        for sector in sectors()
        if (found := figures.in_sector(sector.code)) is not None
    ]


@require_safe
def missing(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """Who is still to be reviewed in a unit and below."""
    place = place_in_sight(request, campaign_code)
    round_: Round = round_of(place, round_code)
    unit = unit_in_sight(place, unit_code)
    gaps = missing_in(round_, unit)
    listing = list_page(
        request,
        gaps,
        sorts={"unit": "gap_path", "name": "gap_subject", "by": campaigns.BY_PERSON},
        default="unit",
        per_page=50,
    )
    owed_by = gaps.owed_by(list(listing.page))
    names = campaigns.names_together({one.pk: one for one in owed_by.values()}.values())
    codes = dict(
        place.campaign.units.filter(
            id__in=[gap.unit_id for gap in listing.page if gap.unit_id]
        ).values_list("id", "code")
    )
    context = {
        "campaign": place.campaign,
        "round": round_,
        "unit": unit,
        "listing": listing,
        "rows": [
            (gap, codes.get(gap.unit_id or 0, ""), names[owed_by[gap].pk] if gap in owed_by else "")
            for gap in listing.page
        ],
        "keeps": True,
        "urge_place": campaigns.place_of_urging(round_, unit.code, DUTY),
        "urge_refusal": why_not_urge(request.user, place.campaign),
        "gaps_refusal": why_not_see_gaps(request.user, place.campaign),
    }
    return render(request, "reviews/missing.html", context)
