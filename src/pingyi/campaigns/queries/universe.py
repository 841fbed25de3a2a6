"""The frozen universe: units, people and their figures."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.campaigns.enums import CampaignState
from pingyi.campaigns.models import Campaign, Participant, Unit, UnitQuerySet
from pingyi.campaigns.rules.tree import SEGMENT_LENGTH
from pingyi.core.lookups import Among
from pingyi.organizations.enums import Standing
from pingyi.organizations.rules.names import with_places


@dataclass(frozen=True)
class UniverseFigures:
    """How large the universe is, amendments included. Heads, not occasions."""

    units: int
    counted_units: int
    reporting_units: int
    members: int
    full_members: int
    leaders_without_membership: int


def universe_figures(campaign: Campaign) -> UniverseFigures:
    """The figures of a campaign's universe. Six counts."""
    units = campaign.units.active()
    people = campaign.participants.active()
    members = people.filter(unit__isnull=False)
    return UniverseFigures(
        units=units.count(),
        counted_units=units.exclude(sector="").count(),
        reporting_units=units.filter(is_reporting=True).count(),
        members=members.count(),
        full_members=members.filter(standing=Standing.FULL).count(),
        leaders_without_membership=people.filter(unit=None).count(),
    )


def reporting_units(campaign: Campaign) -> UnitQuerySet:
    """Active units that keep the ledger and fill in the tables, in the order of the tree."""
    return campaign.units.active().filter(is_reporting=True)


def root_unit(campaign: Campaign) -> Unit:
    """The top of the frozen tree."""
    return campaign.units.get(parent=None)


def ancestor_paths(path: str) -> list[str]:
    """The paths above a path, the top first, itself left out."""
    return [path[:end] for end in range(SEGMENT_LENGTH, len(path), SEGMENT_LENGTH)]


def organizations_at(campaign: Campaign, paths: Collection[str]) -> dict[str, int]:
    """Keys of the organizations that stand at these paths; nothing for units that have none."""
    units = campaign.units.filter(Among("path", paths), organization__isnull=False).order_by()
    return dict(units.values_list("path", "organization_id"))


def ancestors(unit: Unit) -> UnitQuerySet:
    """The units above, the top first (for a breadcrumb). One query, no walking."""
    return Unit.objects.filter(campaign_id=unit.campaign_id, path__in=ancestor_paths(unit.path))


def subtree(unit: Unit) -> UnitQuerySet:
    """Active units from this one downwards, itself included."""
    return Unit.objects.active().in_subtree([unit.path]).filter(campaign_id=unit.campaign_id)


def names_together(people: Iterable[Participant]) -> dict[int, str]:
    """How these people are written on a list without their units, by their keys.

    Their units are read along.
    """
    found = list(people)
    names = with_places([(one.shown_name, one.unit.name if one.unit else "") for one in found])
    return {one.pk: name for one, name in zip(found, names, strict=True)}


def home_unit(participant: Participant) -> Unit:
    """Where a person belongs: the membership, else the first post or charge, else the top."""
    unit = participant.unit or _first_unit(participant)
    # Known already: saves a query for whoever asks the unit for its campaign.
    unit.campaign = participant.campaign
    return unit


def _first_unit(participant: Participant) -> Unit:
    held = (
        participant.posts.select_related("unit").first()
        or participant.charges.select_related("unit").first()
    )
    return held.unit if held is not None else root_unit(participant.campaign)


def traces(person_id: int) -> list[tuple[str, str]]:
    """The campaigns that have frozen a record of the register, for the comparison of two."""
    frozen = Participant.objects.active().filter(person_id=person_id)
    frozen = frozen.exclude(campaign__state=CampaignState.CANCELLED)
    names = frozen.order_by("campaign_id").values_list("campaign__name", flat=True)
    return [(_("Frozen in campaigns"), pgettext("list", ", ").join(names))]
