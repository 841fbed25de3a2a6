"""The two worklists of the home page: what I owe, and what waits for me (screens: 首页)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pingyi.accounts.enums import ROLES_FROM_REGISTER
from pingyi.campaigns.queries import pack_of, scopes
from pingyi.ui.doors import WORKLISTS, Item

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round

STATES = ("late", "soon", "todo")


@dataclass(frozen=True)
class Worklists:
    """What I owe and what waits for my decision, late on top."""

    owed: list[Item]
    waiting: list[Item]
    # With those that no room has read.
    waiting_count: int = 0
    # Somebody who would review or be reviewed, but nobody knows which person this account is.
    is_unlinked: bool = False


def worklists(actor: "User", round_: "Round | None", today: date) -> Worklists:
    """Both lists of an actor in a round, from all rooms; a handful of queries whatever the size."""
    lists = [worklist(actor, round_, today) for worklist in WORKLISTS.values()]
    owed = [item for each in lists for item in each.owed]
    # What was found in an upper room is decided before what is still prepared in a lower one.
    waiting = [item for each in reversed(lists) for item in each.waiting]
    return Worklists(
        sorted(owed, key=lambda item: (STATES.index(item.state), item.due_on or date.max)),
        sorted(waiting, key=lambda item: item.state != "late"),
        len(waiting) + sum(each.also_waiting for each in lists),
        round_ is not None and _is_unlinked(actor, round_),
    )


def _is_unlinked(actor: "User", round_: "Round") -> bool:
    if actor.person_id is not None or pack_of(round_.campaign).review is None:
        return False
    return any(scope.role in ROLES_FROM_REGISTER for scope in scopes(actor, round_.campaign))
