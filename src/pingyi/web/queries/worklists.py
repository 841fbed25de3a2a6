"""The next step and the two worklists of the home page: what I owe, what waits for me (首页)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.enums import ROLES_FROM_REGISTER
from pingyi.campaigns.enums import CampaignState, RoundState
from pingyi.campaigns.queries import pack_of, scopes
from pingyi.ui.doors import WORKLISTS, Item, Turn
from pingyi.web.queries.oversight import Standing, standings, to_see_to

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Round

STATES = ("late", "soon", "todo")


@dataclass(frozen=True)
class Worklists:
    """What I owe and what waits for my decision, late on top, from all campaigns I am in."""

    owed: list[Item]
    waiting: list[Item]
    # With those that no room has read, and the page that lists them.
    waiting_count: int = 0
    all_waiting: str = ""
    # Somebody who would review or be reviewed, but nobody knows which person this account is.
    is_unlinked: bool = False

    @property
    def next_step(self) -> Item | None:
        """What to do first: what is late or due soon, then what was begun or waits for me.

        Until it is late, what waits for something else comes after it, whatever its day: tables
        wait for gaps, which their figures lack, and the closing of the round for both.
        """
        # Of what is equally urgent the first one is taken.
        found = [*self.waiting, *self.owed]
        later = out_of_turn(found)
        first = [item for item in found if item not in later]
        return min(first, key=lambda item: STATES.index(item.state), default=None)


def out_of_turn(items: "Sequence[Item]") -> set[Item]:
    """What is not late and waits for another of these items."""
    turns: dict[str, Turn] = {}
    for item in items:
        if item.turn:
            turns[item.where] = min(turns.get(item.where, item.turn), item.turn)
    return {
        item
        for item in items
        if item.state != "late" and item.turn and item.turn != turns[item.where]
    }


def rounds_at_work(campaigns: "Sequence[Campaign]") -> "list[Round]":
    """Every round of the campaigns that are not closed: what was found in one is decided after it.

    Campaigns as `place_of` reads them, with their rounds.
    """
    found = []
    for campaign in campaigns:
        if campaign.state == CampaignState.OPEN:
            for round_ in campaign.rounds.all():
                round_.campaign = campaign
                found.append(round_)
    return found


def worklists(actor: "User", rounds: "Sequence[Round]", today: date) -> Worklists:
    """Both lists of an actor in these rounds, from all rooms; some queries a round, never a line.

    Where the rounds are of several campaigns each line names its own.
    """
    several = len({round_.campaign_id for round_ in rounds}) > 1
    owed: list[Item] = []
    waiting: list[Item] = []
    also_waiting, all_waiting = 0, ""
    for round_ in (None, *rounds):
        where = round_.campaign.name if several and round_ is not None else ""
        lists = [worklist(actor, round_, today) for worklist in WORKLISTS.values()]
        owed += [replace(item, where=where) for each in lists for item in each.owed]
        # What was found in an upper room is decided before what is still prepared in a lower one.
        found = [replace(item, where=where) for each in reversed(lists) for item in each.waiting]
        waiting += found
        also_waiting += sum(each.also_waiting for each in lists)
        pages = [each.all_waiting for each in lists if each.also_waiting and each.all_waiting]
        all_waiting = all_waiting or next(iter(pages), "")
    return Worklists(
        sorted(_once(owed), key=_urgency),
        sorted(waiting, key=lambda item: item.state != "late"),
        len(waiting) + also_waiting,
        all_waiting,
        any(_is_unlinked(actor, round_) for round_ in rounds),
    )


def _once(items: "Sequence[Item]") -> list[Item]:
    """What two campaigns ask for alike, such as accounts, is one line."""
    found: dict[tuple[str, str, str], Item] = {}
    for item in items:
        found.setdefault((item.what, item.for_whom, item.url), item)
    return list(found.values())


def lists_of(
    actor: "User",
    campaigns: "Sequence[Campaign]",
    shown: "tuple[Round | None, list[Standing]]",
    today: date,
) -> Worklists:
    """The worklists of the home page: the rooms', and what is to be seen to below the actor.

    `shown` is the round of the page with its figures, which are not read twice.
    """
    rounds = rounds_at_work(campaigns)
    lists = worklists(actor, rounds, today)
    several = len({round_.campaign_id for round_ in rounds}) > 1
    seen_to = [
        replace(item, where=round_.campaign.name if several else "")
        for round_ in rounds
        if round_.state == RoundState.OPEN
        for item in to_see_to(
            round_, shown[1] if round_ == shown[0] else standings(actor, round_), today
        )
    ]
    owed = [*lists.owed, *seen_to]
    later = out_of_turn([*lists.waiting, *owed])
    return replace(lists, owed=sorted(owed, key=lambda item: (item in later, *_urgency(item))))


def nothing_to_do(campaigns: "Sequence[Campaign]") -> str:
    """What to expect while there is nothing to do: that all is done is said of a closed round."""
    rounds = [round_ for each in campaigns for round_ in each.rounds.all()]
    opened = [round_ for round_ in rounds if round_.state == RoundState.OPEN]
    planned = [round_ for round_ in rounds if round_.state == RoundState.PLANNED]
    if opened:
        last = max(opened, key=lambda round_: round_.closes_on)
        said = {"round": last.name, "day": date_format(last.closes_on)}
        return _("%(round)s is open until %(day)s. What comes up for you appears here.") % said
    if planned:
        first = min(planned, key=lambda round_: round_.opens_on)
        said = {"round": first.name, "day": date_format(first.opens_on)}
        return _("%(round)s begins on %(day)s. What you have to do then appears here.") % said
    if rounds:
        return _("Every round is closed, and nothing of it is left to you.")
    return _("No campaign has been opened for you yet. What you have to do in one appears here.")


def _urgency(item: Item) -> tuple[int, date, Turn]:
    return STATES.index(item.state), item.due_on or date.max, item.turn


def _is_unlinked(actor: "User", round_: "Round") -> bool:
    if actor.person_id is not None or pack_of(round_.campaign).review is None:
        return False
    return any(scope.role in ROLES_FROM_REGISTER for scope in scopes(actor, round_.campaign))
