"""What deeds of this room and of others hold or lock in a campaign, always in this order: the
campaign, its round, people, units.

Whoever holds a campaign finds its universe as it is: units and people are amended by whoever has it
alone.
"""

from collections.abc import Iterable

from pingyi.campaigns.models import Campaign, Participant, Round, Unit
from pingyi.core.holds import hold


def round_held(round_: Round) -> Round:
    """The round as it is now, with its campaign: both stay as they are, and so does the universe.

    Whoever closes, changes or amends one of them waits; others who only hold it do not.
    """
    hold(Campaign.objects.filter(pk=round_.campaign_id))
    hold(Round.objects.filter(pk=round_.pk))
    return Round.objects.select_related("campaign").get(pk=round_.pk)


def round_locked(round_: Round) -> Round:
    """The round as it is now, for one deed alone; its campaign is held only."""
    hold(Campaign.objects.filter(pk=round_.campaign_id))
    found = Round.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("campaign").get(pk=round_.pk)


def rounds_locked(round_: Round) -> Round:
    """The round as it is now, for one deed alone, and all before it, of which tables tell as well;
    the campaign is held only."""
    hold(Campaign.objects.filter(pk=round_.campaign_id))
    found = Round.objects.select_for_update(of=("self",), no_key=True).select_related("campaign")
    rows = found.filter(campaign=round_.campaign_id, position__lte=round_.position).order_by("pk")
    return next(row for row in rows if row.pk == round_.pk)


def people_locked(ids: Iterable[int]) -> dict[int, Participant]:
    """People as they are now, with their units, for one deed alone."""
    found = Participant.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("unit").order_by("pk").in_bulk(sorted(set(ids)))


def units_locked(ids: Iterable[int]) -> dict[int, Unit]:
    """Units as they are now, for one deed alone."""
    found = Unit.objects.select_for_update(no_key=True)
    return found.order_by("pk").in_bulk(sorted(set(ids)))
