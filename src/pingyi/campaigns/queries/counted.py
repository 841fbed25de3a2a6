"""The heads of the frozen universe that tables and coverage count, never more (N11).

They stand as they do now, or as they stood at a moment (ADR 0016). Each of them has a `column` (the
sector, or the leader category) and a `place` (the path of its unit).
"""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, When
from django.db.models.functions import Coalesce

from pingyi.campaigns.models import (
    Campaign,
    FormerParticipant,
    Participant,
    ParticipantPost,
    Unit,
)


def units_at(campaign: Campaign, at: datetime | None = None) -> QuerySet[Any]:
    """All units of the tree with whether they `stand`: taken out of it, they keep their place."""
    units = Unit.objects.filter(campaign=campaign)
    if at is None:
        return units.annotate(place=F("path"), column=F("sector"), stand=F("is_active"))
    units = units.alias(earlier=_former("former", at))
    return units.filter(Q(earlier__isnull=False) | Q(since__lte=at)).annotate(
        place=Coalesce("earlier__path", "path"),
        column=Coalesce("earlier__sector", "sector"),
        stand=Coalesce("earlier__is_active", "is_active"),
    )


def counted_units(campaign: Campaign, at: datetime | None = None) -> QuerySet[Any]:
    """Organizations with a sector; a township committee itself has none and is not counted."""
    return units_at(campaign, at).filter(stand=True).exclude(column="")


def counted_members(campaign: Campaign, at: datetime | None = None) -> QuerySet[Any]:
    """People who are members of a unit of the universe."""
    if at is not None:
        return _people_at(campaign, at).filter(place__isnull=False)
    # By their units, so that the members of a branch are found through the branch.
    people = Participant.objects.active().filter(unit__campaign=campaign)
    return people.annotate(place=F("unit__path"), column=F("unit__sector"))


def amended_people() -> QuerySet[Any]:
    """Ids of the people whom an amendment has moved, removed, brought back or set right.

    Of all campaigns: they are few, and each belongs to one.
    """
    return FormerParticipant.objects.order_by().values("participant")


def counted_posts(campaign: Campaign, at: datetime | None = None) -> QuerySet[Any]:
    """Posts in a leader category, of people and at units of the universe."""
    posts = ParticipantPost.objects.filter(unit__campaign=campaign).exclude(category="")
    if at is None:
        posts = posts.filter(participant__is_active=True, unit__is_active=True)
        return posts.annotate(place=F("unit__path"), column=F("category"))
    posts = posts.alias(
        holder=_former("participant__former", at), earlier=_former("unit__former", at)
    )
    posts = posts.filter(_stood("holder", "participant__", at), _stood("earlier", "unit__", at))
    return posts.annotate(place=Coalesce("earlier__path", "unit__path"), column=F("category"))


def leaders(campaign: Campaign, at: datetime | None = None) -> QuerySet[Any]:
    """People who hold a post in a leader category, members or not."""
    holders = counted_posts(campaign, at).values("participant_id")
    return _people_at(campaign, at).filter(pk__in=holders)


def _people_at(campaign: Campaign, at: datetime | None) -> QuerySet[Any]:
    """People of the universe, placed where they are members; nowhere those who are no members."""
    people = Participant.objects.filter(campaign=campaign)
    if at is None:
        people = people.active()
        return people.annotate(place=F("unit__path"), column=F("unit__sector"))
    people = people.alias(
        earlier=_former("former", at),
        home=_former("unit__former", at),
        earlier_home=_former("earlier__unit__former", at),
    )
    people = people.filter(_stood("earlier", "", at))
    return people.annotate(place=_at_home("path"), column=_at_home("sector"))


def _former(relation: str, at: datetime) -> FilteredRelation:
    """The one former row of a unit or person that held at the moment, where there is one."""
    held = {f"{relation}__since__lte": at, f"{relation}__until__gt": at}
    return FilteredRelation(relation, condition=Q(**held))


def _stood(former: str, today: str, at: datetime) -> Q:
    """In the universe by the former row, or by today's where that one held already."""
    held = {f"{former}__isnull": True, f"{today}is_active": True, f"{today}since__lte": at}
    return Q(**{f"{former}__is_active": True}) | Q(**held)


def _at_home(field: str) -> Case:
    """A field of the unit somebody belonged to, each as they stood at the moment."""
    moved = Coalesce(f"earlier_home__{field}", f"earlier__unit__{field}")
    stayed = Coalesce(f"home__{field}", f"unit__{field}")
    return Case(When(earlier__isnull=False, then=moved), default=stayed)
