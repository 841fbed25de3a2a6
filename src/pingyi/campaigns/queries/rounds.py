"""Rounds, gaps and exemptions."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.models import (
    Amendment,
    Campaign,
    Deadline,
    Exemption,
    Participant,
    Round,
    Unit,
)


@dataclass(frozen=True)
class Gap:
    """A unit or a person who is owed something in a round and has not got it (N4).

    `unit_id` and `participant_id` are the subject: exactly one of them is given. `unit_name` and
    `unit_path` say where: the unit itself, or the one the person belongs to.
    """

    duty: str
    unit_id: int | None
    participant_id: int | None
    subject: str
    unit_name: str
    unit_path: str


def current_round(campaign: Campaign, today: date) -> Round | None:
    """The open round; else the one whose days hold today, else the next, else the last."""
    rounds = list(campaign.rounds.all())
    for wanted in (
        [found for found in rounds if found.state == RoundState.OPEN],
        [found for found in rounds if found.opens_on <= today <= found.closes_on],
        [found for found in rounds if found.opens_on > today],
        rounds[-1:],
    ):
        if wanted:
            return wanted[0]
    return None


def open_exemptions(round: Round) -> QuerySet[Exemption]:
    """Exemptions that hold, with their subjects."""
    return Exemption.objects.filter(round=round, revoked_at=None).select_related(
        "unit", "participant__unit", "exempted_by"
    )


def exempt_units(round: Round, duty: str) -> "QuerySet[Exemption, int]":
    """Ids of units that need not be reviewed or appraised in the round, as a subquery."""
    rows = Exemption.objects.filter(round=round, duty=duty, revoked_at=None, unit__isnull=False)
    return rows.order_by().values_list("unit_id", flat=True)


def exempt_participants(round: Round, duty: str) -> "QuerySet[Exemption, int]":
    """Ids of people who need not be reviewed or appraised in the round, as a subquery."""
    rows = Exemption.objects.filter(
        round=round, duty=duty, revoked_at=None, participant__isnull=False
    )
    return rows.order_by().values_list("participant_id", flat=True)


def gaps_of(round: Round) -> list[Gap]:
    """What is missing and not exempt, from every room in settings.GAP_FINDERS, by the tree."""
    found: list[Gap] = []
    for dotted in settings.GAP_FINDERS:
        finder: Callable[[Round], Sequence[Gap]] = import_string(dotted)
        found.extend(finder(round))
    exempt = {
        (duty, unit_id, participant_id)
        for duty, unit_id, participant_id in Exemption.objects.filter(
            round=round, revoked_at=None
        ).values_list("duty", "unit_id", "participant_id")
    }
    left = [gap for gap in found if (gap.duty, gap.unit_id, gap.participant_id) not in exempt]
    return sorted(left, key=lambda gap: (gap.unit_path, gap.duty, gap.participant_id or 0))


def gaps_within(gaps: Sequence[Gap], paths: Collection[str]) -> list[Gap]:
    """The gaps of some subtrees."""
    return [gap for gap in gaps if gap.unit_path.startswith(tuple(paths))]


def deadlines_of(campaign: Campaign) -> list[Deadline]:
    """By when each tier sends its tables, all rounds. One query."""
    return list(Deadline.objects.filter(round__campaign=campaign).select_related("round"))


def amendments_of(campaign: Campaign, units: QuerySet[Unit]) -> QuerySet[Amendment]:
    """Changes after the freeze that touch these units or their people, the latest first."""
    return Amendment.objects.filter(campaign=campaign, unit__in=units).select_related(
        "unit", "participant", "amended_by"
    )


def exemptions_of(
    campaign: Campaign, units: QuerySet[Unit], people: QuerySet[Participant]
) -> QuerySet[Exemption]:
    """Exemptions of these units and people, revoked ones as well, with all that is shown."""
    return Exemption.objects.filter(
        Q(unit__in=units) | Q(participant__in=people), round__campaign=campaign
    ).select_related("round", "unit", "participant__unit", "exempted_by")
