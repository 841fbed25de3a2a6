"""Amendments of units after the freeze: paths of whole subtrees move along (N3)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.campaigns.enums import AmendmentKind
from pingyi.campaigns.models import Amendment, Campaign, Unit
from pingyi.campaigns.operations.amending import amend, begun, keep_units
from pingyi.campaigns.operations.record import current_unit
from pingyi.campaigns.queries.packs import pack_of
from pingyi.campaigns.queries.universe import ancestors
from pingyi.campaigns.rules.tree import MOST_LEVELS, next_child_path
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit, reason: str, by: Actor, now: datetime) -> Amendment:
    """Put a unit with everything below it under another one.

    Refuses the top, its own subtree, the parent it has already, and a tree that grows too deep.
    """
    campaign, reason = begun(unit.campaign, reason, by)
    unit = current_unit(campaign, unit)
    parent = current_unit(campaign, parent)
    if parent.path.startswith(unit.path):
        raise Refusal(_("A unit cannot be placed under itself."), code="under_itself")
    if unit.parent_id == parent.pk:
        raise Refusal(
            _("%(unit)s is already under %(parent)s.") % {"unit": unit.name, "parent": parent.name},
            code="already_there",
        )
    whole = campaign.units.in_subtree([unit.path])
    deeper = parent.depth + 1 - unit.depth
    deepest = max(whole.values_list("depth", flat=True))
    _check_depth(deepest + deeper)
    before = {"parent": ancestors(unit).last().code, "path": unit.path}  # type: ignore[union-attr]  # only the top has none, and everything lies below it
    path = _free_path(parent)
    moved = list(whole)
    keep_units(moved, now)
    whole.update(
        path=Concat(Value(path), Substr("path", len(unit.path) + 1)), depth=F("depth") + deeper
    )
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.refresh_from_db()
    _settle_reporting(campaign, unit)
    return amend(
        kind=AmendmentKind.UNIT_MOVED,
        campaign=campaign,
        unit=unit,
        before=before,
        after={"parent": parent.code, "path": path},
        units=[row.pk for row in moved],
        reason=reason,
        by=by,
        now=now,
    )


@transaction.atomic
def add_unit(
    *,
    campaign: Campaign,
    organization: "Organization",
    parent: Unit,
    reason: str,
    by: Actor,
    now: datetime,
) -> Amendment:
    """Take an organization of the register into the tree, or bring a removed one back.

    It comes without people: they are added or moved one by one. Refuses one that is there already,
    be it known by its code only.
    """
    campaign, reason = begun(campaign, reason, by)
    parent = current_unit(campaign, parent)
    same = Q(organization=organization) | Q(organization=None, code=organization.code)
    unit = Unit.objects.filter(same, campaign=campaign).first()
    if unit is None:
        unit = Unit(campaign=campaign, since=now)
    elif unit.is_active:
        raise Refusal(
            _("%(unit)s is already in this campaign. Move it instead.") % {"unit": unit.name},
            code="already_in",
        )
    else:
        keep_units([unit], now)
    _check_depth(parent.depth + 1)
    unit.organization = organization
    unit.parent = parent
    unit.path = _free_path(parent)
    unit.depth = parent.depth + 1
    unit.code = organization.code
    unit.name = organization.name
    unit.initials = organization.initials
    unit.kind = organization.kind
    unit.level = organization.level
    unit.sector = organization.sector_id or ""
    unit.is_active = True
    unit.save()
    _settle_reporting(campaign, unit)
    below = list(campaign.units.in_subtree([unit.path]).values_list("pk", flat=True))
    return amend(
        kind=AmendmentKind.UNIT_ADDED,
        campaign=campaign,
        unit=unit,
        before={},
        after={"parent": parent.code, "path": unit.path},
        units=below,
        reason=reason,
        by=by,
        now=now,
    )


@transaction.atomic
def remove_unit(*, unit: Unit, reason: str, by: Actor, now: datetime) -> Amendment:
    """Take a unit out of the tree. Refuses the top, and one that still has members or units."""
    campaign, reason = begun(unit.campaign, reason, by)
    unit = current_unit(campaign, unit)
    if unit.parent_id is None:
        raise Refusal(_("The top of the tree cannot be removed."), code="is_top")
    members = unit.members.active().count()
    if members:
        raise Refusal(
            _("%(unit)s still has %(count)d members. Move or remove them first.")
            % {"unit": unit.name, "count": members},
            code="has_members",
        )
    if unit.children.active().exists():
        raise Refusal(
            _("%(unit)s still has units below it. Move or remove them first.")
            % {"unit": unit.name},
            code="has_units",
        )
    keep_units([unit], now)
    unit.is_active = False
    unit.save(update_fields=["is_active"])
    return amend(
        kind=AmendmentKind.UNIT_REMOVED,
        campaign=campaign,
        unit=unit,
        before={"path": unit.path},
        after={},
        units=[unit.pk],
        reason=reason,
        by=by,
        now=now,
    )


def _free_path(parent: Unit) -> str:
    siblings = Unit.objects.filter(parent=parent)
    return next_child_path(parent.path, siblings.values_list("path", flat=True))


def _check_depth(depth: int) -> None:
    if depth >= MOST_LEVELS:
        raise Refusal(
            _("The tree would have more than %(levels)d levels.") % {"levels": MOST_LEVELS},
            code="too_deep",
        )


def _settle_reporting(campaign: Campaign, unit: Unit) -> None:
    """A unit placed below a reporting one does not report itself; elsewhere its level decides."""
    above = ancestors(unit).filter(is_reporting=True).exists()
    whole = campaign.units.in_subtree([unit.path])
    if above:
        whole.update(is_reporting=False)
    else:
        reports = unit.level in pack_of(campaign).reporting_levels
        Unit.objects.filter(pk=unit.pk).update(is_reporting=reports)
    unit.refresh_from_db(fields=["is_reporting"])
