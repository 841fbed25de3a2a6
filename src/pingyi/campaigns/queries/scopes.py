"""Who sees which part of a campaign: the open grants, seen on its frozen tree.

The frozen tree may begin below an organization with a grant. Then the grant holds from its top
downwards, by the register as it stood on the cut-off date; only members belong to one place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor, open_grants
from pingyi.campaigns.enums import CampaignState
from pingyi.campaigns.models import (
    Campaign,
    Participant,
    ParticipantCharge,
    ParticipantPost,
    Round,
    Unit,
    UnitQuerySet,
)
from pingyi.campaigns.models.universe import under
from pingyi.campaigns.rules.tree import hold_all
from pingyi.organizations.queries import below, path_ids, records_of

if TYPE_CHECKING:
    from pingyi.accounts.models import Grant, User

KEPT = "_campaign_scopes"
RECORDS = "_own_records"


@dataclass(frozen=True)
class Scope:
    """A role from one unit of the frozen tree downwards."""

    role: str
    path: str
    unit: Unit


def scopes(actor: "User", campaign: Campaign) -> tuple[Scope, ...]:
    """The actor's open grants on the frozen tree, the highest first. Kept on the actor."""
    grants = open_grants(actor)
    kept: dict[object, tuple[Scope, ...]] = actor.__dict__.setdefault(KEPT, {})
    key = (campaign.pk, tuple(grant.pk for grant in grants))
    if key not in kept:
        kept[key] = _on_tree(grants, campaign, _tops_in(grants, [campaign])[campaign.pk])
    return kept[key]


def read_scopes(actor: "User", campaigns: Iterable[Campaign]) -> None:
    """Keep the scopes in several campaigns with one query for all of them; those with a grant that
    does not lie in their tree are read when they are asked for.
    """
    grants = open_grants(actor)
    kept: dict[object, tuple[Scope, ...]] = actor.__dict__.setdefault(KEPT, {})
    keys = {each: (each.pk, tuple(grant.pk for grant in grants)) for each in campaigns}
    unread = [each for each, key in keys.items() if key not in kept]
    tops = _tops_in(grants, unread) if unread else {}
    for campaign in unread:
        if not _elsewhere(grants, tops[campaign.pk]):
            kept[keys[campaign]] = _on_tree(grants, campaign, tops[campaign.pk])


def _tops_in(
    grants: Iterable["Grant"], campaigns: Iterable[Campaign]
) -> dict[int, dict[int | None, Unit]]:
    """The units of the grants' organizations by campaign and organization."""
    by_key = {campaign.pk: campaign for campaign in campaigns}
    found: dict[int, dict[int | None, Unit]] = {key: {} for key in by_key}
    tops = {grant.organization_id for grant in grants}
    units = Unit.objects.active().filter(campaign__in=list(by_key), organization_id__in=tops)
    for unit in units.order_by():
        unit.campaign = by_key[unit.campaign_id]
        found[unit.campaign_id][unit.organization_id] = unit
    return found


def _elsewhere(grants: Iterable["Grant"], units: dict[int | None, Unit]) -> set[int]:
    """Organizations of reading grants that do not lie in the tree."""
    return {
        grant.organization_id
        for grant in grants
        if grant.organization_id not in units and grant.role in Right.READ_PEOPLE.roles
    }


def _on_tree(
    grants: Iterable["Grant"], campaign: Campaign, units: dict[int | None, Unit]
) -> tuple[Scope, ...]:
    elsewhere = _elsewhere(grants, units)
    if elsewhere:
        above = elsewhere.intersection(path_ids(campaign.root_id, campaign.cut_off_on))
        root = campaign.units.filter(organization_id=campaign.root_id).first() if above else None
        units |= dict.fromkeys(above, root) if root else {}
    found = [
        Scope(grant.role, units[grant.organization_id].path, units[grant.organization_id])
        for grant in grants
        if grant.organization_id in units
        and (grant.role in Right.READ_PEOPLE.roles or grant.organization_id not in elsewhere)
    ]
    return tuple(sorted(found, key=lambda scope: (scope.path, scope.role)))


def forget_scopes(actor: Actor) -> None:
    """To be called where a deed changed the tree under the actor's feet."""
    if actor is not None:
        actor.__dict__.pop(KEPT, None)


def campaigns_visible_to(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns in whose frozen tree, or above it, the actor has a grant; all on the command line.
    Those that were cancelled are gone for everybody.

    One query beside, for campaigns that do not reach up to the actor's organizations.
    """
    campaigns = Campaign.objects.exclude(state=CampaignState.CANCELLED)
    if actor is None:
        return campaigns
    grants = open_grants(actor)
    tops = {grant.organization_id for grant in grants}
    units = Unit.objects.active().filter(organization_id__in=tops)
    inside = Q(id__in=units.values("campaign_id"))
    above = {grant.organization_id for grant in grants if grant.role in Right.READ_PEOPLE.roles}
    if not above:
        return campaigns.filter(inside)
    others = campaigns.exclude(inside).order_by()
    days = others.values_list("cut_off_on", flat=True).distinct()
    reached = (Q(root_id__in=below(above, day), cut_off_on=day) for day in days)
    return campaigns.filter(reduce(or_, reached, inside))


def rounds_visible_to(actor: Actor, campaign_code: str | None = None) -> QuerySet[Round]:
    """Rounds of the campaigns the actor sees, or of one of them, with their campaign."""
    campaigns = campaigns_visible_to(actor)
    if campaign_code is not None:
        campaigns = campaigns.filter(code=campaign_code)
    return Round.objects.select_related("campaign").filter(campaign__in=campaigns)


def campaigns_with_unit(campaigns: Iterable[Campaign], code: str) -> set[int]:
    """Those of the campaigns, by id, in whose frozen tree an active unit has this code."""
    units = Unit.objects.active().filter(campaign__in=list(campaigns), code=code)
    return set(units.order_by().values_list("campaign_id", flat=True))


def units_visible_to(actor: Actor, campaign: Campaign) -> UnitQuerySet:
    """Active units in the subtrees of the actor's grants, in the order of the tree."""
    units = campaign.units.active()
    if actor is None:
        return units
    return units.in_subtree(scope.path for scope in scopes(actor, campaign))


def unit_asked_for(actor: "User", round_: Round, code: str) -> Unit | None:
    """The unit in sight with this code, where one is named; 404 where it is none."""
    if not code:
        return None
    return get_object_or_404(units_visible_to(actor, round_.campaign), code=code)


def sees_everybody(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor reads the people of the campaign from the top of its tree downwards."""
    return actor is None or hold_all(_read_from(actor, campaign))


def _read_from(actor: Actor, campaign: Campaign) -> list[str]:
    """The paths from which downwards the actor reads people."""
    found = scopes(actor, campaign) if actor is not None else ()
    return [scope.path for scope in found if scope.role in Right.READ_PEOPLE.roles]


def participants_visible_to(actor: Actor, campaign: Campaign) -> QuerySet[Participant]:
    """Active people of the actor's subtrees; with the role of a member only oneself.

    People without membership in the tree belong to where they hold posts or charges.
    """
    people = campaign.participants.active()
    if sees_everybody(actor, campaign):
        return people
    paths = _read_from(actor, campaign)
    themselves = people.filter(person_id__in=own_records(actor))
    if not paths:
        return themselves
    # Each by its own index; one `or` of them would ask everybody in the campaign.
    members = Participant.objects.filter(under(paths, "unit__path"), unit__campaign=campaign)
    held = [
        rows.filter(under(paths, "unit__path"), unit__campaign=campaign, participant__unit=None)
        for rows in (ParticipantPost.objects.all(), ParticipantCharge.objects.all())
    ]
    ids = (
        members.order_by()
        .values("pk")
        .union(
            *(rows.order_by().values("participant_id") for rows in held),
            themselves.order_by().values("pk"),
        )
    )
    return people.filter(pk__in=ids)


def is_self(actor: Actor, participant: Participant) -> bool:
    """Whether the actor is this person; nobody is one who is not in the register."""
    return actor is not None and participant.person_id in own_records(actor)


def participant_of(actor: Actor, campaign: Campaign) -> Participant | None:
    """The actor as a person of the campaign; None for those who are not in it.

    Where several records of one person were frozen, the one with posts or charges, else the one
    that goes on.
    """
    records = own_records(actor)
    if not records:
        return None
    found = list(campaign.participants.active().filter(person_id__in=records))
    if len(found) > 1:
        found.sort(key=lambda one: (not _leads(one), records.index(one.person_id or 0)))
    return found[0] if found else None


def _leads(participant: Participant) -> bool:
    return participant.posts.exists() or participant.charges.exists()


def own_records(actor: Actor) -> list[int]:
    """The keys under which the actor stands in what was frozen: the own record of the register,
    and those that were merged into it since. Kept on the actor."""
    if actor is None or actor.person_id is None:
        return []
    kept: dict[int, list[int]] = actor.__dict__.setdefault(RECORDS, {})
    if actor.person_id not in kept:
        kept[actor.person_id] = records_of(actor.person_id)
    return kept[actor.person_id]
