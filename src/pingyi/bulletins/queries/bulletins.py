"""Bulletins in sight: drafts for whoever writes there, what was published for its scope (N6)."""

from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.bulletins.enums import BulletinState, Scope
from pingyi.bulletins.models import Bulletin
from pingyi.campaigns.queries import ancestor_paths, ancestors, hold_all, root_unit, scopes

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Unit


def paths_of(actor: "User", campaign: "Campaign", right: Right) -> list[str]:
    """The subtrees in which the actor has a right."""
    return [scope.path for scope in scopes(actor, campaign) if scope.role in right.roles]


def bulletins_visible_to(actor: "User", campaign: "Campaign") -> QuerySet[Bulletin]:
    """What the actor writes or may read over, and what was published to a scope they belong to.
    Withdrawn ones too: that they were there is no secret.
    """
    every = Bulletin.objects.filter(campaign=campaign)
    writes = paths_of(actor, campaign, Right.PUBLISH_REVIEWS)
    named = ("unit", "round", "top")
    if hold_all(writes):
        return every.select_related(*named)
    units, reads = campaign.units.order_by(), paths_of(actor, campaign, Right.READ_APPRAISALS)
    published = every.filter(published_at__isnull=False)
    ways = [
        every.filter(unit__in=units.in_subtree(writes)),
        published if hold_all(reads) else published.filter(unit__in=units.in_subtree(reads)),
        published.filter(top__in=units.filter(path__in=_line_of(actor, campaign))),
    ]
    # Each by its own index; one `or` of them would read every bulletin of the campaign.
    first, *others = (rows.order_by().values("pk") for rows in ways)
    return Bulletin.objects.select_related(*named).filter(pk__in=first.union(*others))


def _line_of(actor: "User", campaign: "Campaign") -> set[str]:
    """The paths to which the actor belongs, and those above them."""
    own = [scope.path for scope in scopes(actor, campaign)]
    return {path for each in own for path in [*ancestor_paths(each), each]}


def public_bulletins(campaign_code: str) -> QuerySet[Bulletin]:
    """What anybody reads, the latest first; withdrawn ones too, which say so and no more."""
    found = Bulletin.objects.filter(
        campaign__code=campaign_code, scope=Scope.PUBLIC, published_at__isnull=False
    )
    return found.select_related("unit", "campaign", "round").order_by("-published_on", "-number")


def top_of(scope: str, unit: "Unit") -> "Unit":
    """The unit at or below which a scope's readers belong, reckoned from a unit."""
    if scope == Scope.UNIT:
        return unit
    if scope == Scope.TOWNSHIP:
        line = [*ancestors(unit), unit]
        return next((each for each in line if each.is_reporting), unit)
    return root_unit(unit.campaign)


def narrowed(found: QuerySet[Bulletin], state: str) -> QuerySet[Bulletin]:
    """Those in a state; all where the word is none."""
    return found.filter(state=state) if state in BulletinState.values else found


def next_number(campaign: "Campaign") -> int:
    """The number after the highest one; two at once are told apart by the table."""
    highest = Bulletin.objects.filter(campaign=campaign).aggregate(found=Max("number"))["found"]
    return (highest or 0) + 1


def records(campaign: "Campaign") -> list[str]:
    """Whether anything was written in a campaign."""
    return [_("bulletins")] if Bulletin.objects.filter(campaign=campaign).exists() else []
