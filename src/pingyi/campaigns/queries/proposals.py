"""Reads of proposed exemptions: what they cover, who sees them, who could confirm them."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from pingyi.accounts.enums import Outcome, Right
from pingyi.accounts.queries import Actor, has_another
from pingyi.campaigns.doors import DUTIES, Owed
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.models import Campaign, ExemptionProposal, Unit
from pingyi.campaigns.models.universe import under
from pingyi.campaigns.queries.gaps import Gaps, gaps_in
from pingyi.campaigns.queries.scopes import scopes
from pingyi.campaigns.queries.universe import ancestor_paths
from pingyi.core.lookups import Among
from pingyi.organizations.queries import path_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round

FEW_KEYS = 500


def covered(proposal: ExemptionProposal) -> Gaps:
    """What the proposal covers and is still missing and not exempt."""
    owed: dict[str, Owed] = {}
    for code, keys in proposal.covers.items():
        if code not in DUTIES:
            continue
        all_of_it = DUTIES[code].owed(proposal.round)
        units, people = keys.get("unit", []), keys.get("participant", [])
        owed[code] = Owed(
            None if all_of_it.units is None else all_of_it.units.filter(_among(units)),
            None if all_of_it.people is None else all_of_it.people.filter(_among(people)),
            owed_by=all_of_it.owed_by,
        )
    return gaps_in(proposal.round, owed)


def _among(keys: "Sequence[int]") -> Q | Among:
    """Few keys are looked up one by one; what a database does with a whole list of them it chooses
    by the size of the campaign.
    """
    return Q(pk__in=keys) if len(keys) <= FEW_KEYS else Among("pk", keys)


def proposals_visible_to(actor: "User", campaign: Campaign) -> QuerySet[ExemptionProposal]:
    """Those about what lies in the actor's part of the tree, and the own ones; the latest first."""
    paths = [s.path for s in scopes(actor, campaign) if s.role in Right.READ_PEOPLE.roles]
    theirs = under(paths, "unit__path") | Q(proposed_by=actor)
    found = ExemptionProposal.objects.filter(theirs, round__campaign=campaign)
    return found.select_related("round__campaign", "unit", "proposed_by", "decided_by").order_by(
        "-pk"
    )


def to_be_confirmed(actor: "User", round_: "Round") -> QuerySet[ExemptionProposal]:
    """The open ones of a round, unless it is closed, that somebody else proposed and the actor may
    confirm.
    """
    if round_.state == RoundState.CLOSED:
        return ExemptionProposal.objects.none()
    paths = [s.path for s in scopes(actor, round_.campaign) if s.role in Right.EXEMPT.roles]
    units = Unit.objects.filter(campaign=round_.campaign_id).in_subtree(paths)
    found = round_.exemption_proposals.filter(outcome=Outcome.OPEN, unit__in=units.order_by())
    return found.exclude(proposed_by=actor).select_related("unit").order_by("pk")


def could_be_confirmed(unit: Unit, by: Actor) -> bool:
    """Whether there is a second person who may exempt all that lies below a unit."""
    campaign = unit.campaign
    line = campaign.units.filter(path__in=[*ancestor_paths(unit.path), unit.path])
    above = path_ids(campaign.root_id, campaign.cut_off_on)
    organizations = {*line.order_by().values_list("organization_id", flat=True), *above} - {None}
    return has_another(Right.EXEMPT, organizations, than=[by] if by is not None else [])
