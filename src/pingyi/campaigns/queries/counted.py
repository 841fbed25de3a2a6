"""The heads of the frozen universe that tables and coverage count, never more (N11)."""

from django.db.models import QuerySet

from pingyi.campaigns.models import Campaign, Participant, ParticipantPost, Unit


def counted_units(campaign: Campaign) -> QuerySet[Unit]:
    """Organizations with a sector; a township committee itself has none and is not counted."""
    return Unit.objects.filter(campaign=campaign, is_active=True).exclude(sector="")


def counted_members(campaign: Campaign) -> QuerySet[Participant]:
    """People who are members of a unit of the universe."""
    return Participant.objects.filter(campaign=campaign, is_active=True, unit__isnull=False)


def counted_posts(campaign: Campaign) -> QuerySet[ParticipantPost]:
    """Posts in a leader category, of active people at active units."""
    return ParticipantPost.objects.filter(
        participant__campaign=campaign, participant__is_active=True, unit__is_active=True
    ).exclude(category="")


def leaders(campaign: Campaign) -> QuerySet[Participant]:
    """People who hold a post in a leader category, members or not."""
    return Participant.objects.filter(
        campaign=campaign, is_active=True, pk__in=counted_posts(campaign).values("participant_id")
    )
