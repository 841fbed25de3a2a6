"""Who registers what is to be put right, and who may do what with it next."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.campaigns.permissions import holds
from pingyi.core.refusals import Refusal
from pingyi.rectification.enums import ItemDeed, ItemState
from pingyi.rectification.rules.workflow import MOVES, Side

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit
    from pingyi.rectification.models import Item


def why_not_register(actor: Actor, unit: "Unit") -> Refusal | None:
    """Whoever keeps the records of the unit registers what it has to put right (挂号)."""
    if holds(actor, unit, Right.RECORD_APPRAISALS):
        return None
    return Refusal(
        _("Only the office, the clerk or the secretary of %(unit)s registers here.")
        % {"unit": unit.name},
        code="not_a_recorder",
    )


def why_not_do(actor: Actor, item: "Item", deed: ItemDeed) -> Refusal | None:
    """Whether the deed is this side's and can follow; closing is never its owner's alone (N14)."""
    move = MOVES[deed]
    if move.side is Side.OWNER and not holds(actor, item.unit, Right.RECORD_APPRAISALS):
        return Refusal(
            _("Only whoever keeps the records of %(unit)s reports here.")
            % {"unit": item.unit.name},
            code="not_the_owner",
        )
    if move.side is Side.SUPERIOR and not _answers_above(actor, item.unit):
        return Refusal(
            _("Only the organization above %(unit)s does this.") % {"unit": item.unit.name},
            code="not_the_superior",
        )
    if item.state not in move.begins:
        return Refusal(
            _("This item is “%(state)s”: that cannot follow now.")
            % {"state": item.get_state_display()},
            code="not_now",
        )
    if deed is ItemDeed.CLOSE and actor is not None and item.reported_by_id == actor.pk:
        return Refusal(
            _("You reported it yourself: somebody else checks it and closes it off."),
            code="own_report",
        )
    return None


def why_not_assign_together(actor: Actor, item: "Item") -> Refusal | None:
    """Together with others only what nobody has assigned: what somebody has is changed alone, where
    it is seen.
    """
    if item.state == ItemState.ASSIGNED:
        return Refusal(
            _("This item is assigned already; change it on its own page."), code="assigned_already"
        )
    return why_not_do(actor, item, ItemDeed.ASSIGN)


def why_not_keep_evidence(actor: Actor, item: "Item") -> Refusal | None:
    """Files are added and removed by whoever reports, until it is reported."""
    return why_not_do(actor, item, ItemDeed.REPORT)


def _answers_above(actor: Actor, unit: "Unit") -> bool:
    """The top of the tree has nobody above it: there whoever decides for it is its superior."""
    return holds(actor, unit.parent or unit, Right.DECIDE)
