"""Whose appraisals somebody reads."""

from typing import TYPE_CHECKING

from pingyi.accounts.enums import Right
from pingyi.campaigns.queries import is_appraised_at, scopes, units_visible_to

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round
    from pingyi.campaigns.models.universe import UnitQuerySet


def readable_units(actor: "User", round_: "Round") -> "UnitQuerySet | None":
    """Units with a ballot in the subtrees whose appraisals the actor reads; None for no subtree."""
    paths = [
        s.path for s in scopes(actor, round_.campaign) if s.role in Right.READ_APPRAISALS.roles
    ]
    if not paths:
        return None
    here = units_visible_to(actor, round_.campaign).filter(is_appraised_at(round_.campaign))
    return here.in_subtree(paths)
