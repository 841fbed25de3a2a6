"""What everybody with an account owes, of all rooms and campaigns, asked as their pages ask it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pingyi.accounts.enums import Right
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import read_scopes, scopes
from pingyi.ui.doors import WORKLISTS, Item
from pingyi.web.queries.oversight import standings, to_see_to
from pingyi.web.queries.worklists import rounds_at_work

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Round, Unit


@dataclass(frozen=True)
class Due:
    """A line of somebody's worklists with the day by which it is done; whether it is owed, or waits
    for a decision; the unit of the highest role they have there, whose superiors hear of it.
    """

    item: Item
    on: date
    is_owed: bool
    unit: "Unit | None" = None


def dues_of(actor: "User", campaigns: "Sequence[Campaign]", today: date) -> list[Due]:
    """Everything that somebody is to do by a day, the most urgent first.

    What has no day of its own is to be done before its round closes; what belongs to no round and
    is late, such as a backup, now.
    """
    read_scopes(actor, campaigns)
    mine = [campaign for campaign in campaigns if scopes(actor, campaign)]
    found: dict[tuple[str, str, str], Due] = {}
    for round_ in (None, *rounds_at_work(mine)):
        for due in _dues_in(actor, round_, today):
            found.setdefault((due.item.what, due.item.for_whom, due.item.url), due)
    return sorted(found.values(), key=lambda due: due.on)


def _dues_in(actor: "User", round_: "Round | None", today: date) -> Iterator[Due]:
    unit = scopes(actor, round_.campaign)[0].unit if round_ is not None else None
    for worklist in WORKLISTS.values():
        found = worklist(actor, round_, today)
        for item in found.owed:
            on = _day_of(item, round_, today)
            if on is not None:
                yield Due(item, on, True, unit)
        for item in found.waiting:
            on = _day_of(item, round_, today)
            if on is not None:
                yield Due(item, on, False, unit)
    if round_ is not None and round_.state == RoundState.OPEN and _supervises(actor, round_):
        for item in to_see_to(round_, standings(actor, round_), today):
            yield Due(item, item.due_on or round_.closes_on, False, unit)


def _day_of(item: Item, round_: "Round | None", today: date) -> date | None:
    if item.due_on is not None:
        return item.due_on
    if round_ is None:
        return today if item.state == "late" else None
    return round_.closes_on if round_.state == RoundState.OPEN else None


def _supervises(actor: "User", round_: "Round") -> bool:
    roles = Right.SUPERVISE.roles
    return any(scope.role in roles for scope in scopes(actor, round_.campaign))
