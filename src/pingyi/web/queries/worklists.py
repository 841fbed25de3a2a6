"""The two worklists of the home page: what I owe, and what waits for me (screens: 首页)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.enums import Role
from pingyi.appraisals import queries as appraisals
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import deadlines_of, pack_of, participant_of, scopes
from pingyi.reviews import queries as reviews
from pingyi.rosters.enums import ImportState
from pingyi.rosters.queries.imports import imports_visible_to

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round

SOON = timedelta(days=7)
KEEPERS = {Role.OFFICE, Role.CLERK}
PERSONS = {Role.SECRETARY, Role.BRANCH_SECRETARY, Role.MEMBER}
DECIDERS = {Role.OFFICE, Role.CLERK, Role.SECRETARY}


@dataclass(frozen=True)
class Item:
    """A line of a worklist: what, for whom, by when, and the page where it is done."""

    what: str
    for_whom: str
    due_on: date | None
    state: str  # a kind of ui's state_badge
    url: str
    button: str


@dataclass(frozen=True)
class Worklists:
    """What I owe and what waits for my decision, late on top."""

    owed: list[Item]
    waiting: list[Item]
    # Somebody who would review or be reviewed, but nobody knows which person this account is.
    is_unlinked: bool = False


def worklists(actor: "User", round_: "Round | None", today: date) -> Worklists:
    """Both lists of an actor in a round; a handful of queries whatever the size."""
    if round_ is None:
        return Worklists([], _imports(actor, today))
    roles = {scope.role for scope in scopes(actor, round_.campaign)}
    owed = [*_reviews(actor, round_, today), *_appraisals(actor, round_, today)]
    if roles & KEEPERS:
        owed += _tables(actor, round_, today)
    waiting = [*_meetings(actor, round_), *_imports(actor, today)]
    if roles & DECIDERS:
        waiting = [*_flags(actor, round_), *waiting]
    if Role.OFFICE in roles:
        waiting += _round_to_close(round_, today)
    reviewed = pack_of(round_.campaign).review is not None
    is_unlinked = actor.person_id is None and reviewed and bool(roles & PERSONS)
    return Worklists(_late_first(owed), waiting, is_unlinked)


def _reviews(actor: "User", round_: "Round", today: date) -> list[Item]:
    person = participant_of(actor, round_.campaign)
    if person is None or round_.state != RoundState.OPEN or not pack_of(round_.campaign).review:
        return []
    url = reverse("reviews:tasks", args=[round_.campaign.code, round_.code])
    return [
        Item(
            ngettext(
                "Review %(n)d person or organization",
                "Review %(n)d people and organizations",
                group.missing,
            )
            % {"n": group.missing},
            group.unit.name,
            round_.closes_on,
            _state(round_.closes_on, today),
            url,
            _("Review"),
        )
        for group in reviews.tasks_of(person, round_)
        if group.missing
    ]


def _appraisals(actor: "User", round_: "Round", today: date) -> list[Item]:
    """The branch a branch secretary answers for, with its next stage."""
    if round_.state != RoundState.OPEN or appraisals.plan_of(round_) is None:
        return []
    labels = {stage.code: stage.label for stage in appraisals.needed_plan(round_).stages}
    found = []
    for scope in scopes(actor, round_.campaign):
        if scope.role != Role.BRANCH_SECRETARY or not scope.unit.sector:
            continue
        step = next((s for s in appraisals.steps_of(round_, scope.unit) if s.is_next), None)
        if step is not None:
            url = reverse(
                "appraisals:unit", args=[round_.campaign.code, round_.code, scope.unit.code]
            )
            found.append(
                Item(
                    _("Appraisal: %(stage)s") % {"stage": labels[step.code]},
                    scope.unit.name,
                    round_.closes_on,
                    _state(round_.closes_on, today),
                    url,
                    _("Continue"),
                )
            )
    return found


def _tables(actor: "User", round_: "Round", today: date) -> list[Item]:
    """The tables of the units whose clerk or office I am, by the deadline of their tier."""
    if not pack_of(round_.campaign).tables:
        return []
    due = {each.tier: each for each in deadlines_of(round_.campaign) if each.round_id == round_.pk}
    found = []
    for scope in scopes(actor, round_.campaign):
        if scope.role not in KEEPERS:
            continue
        deadline = due.get("unit" if scope.unit.is_reporting else "county")
        if deadline is None:
            continue
        found.append(
            Item(
                _("Statistical tables: %(tier)s") % {"tier": deadline.name},
                scope.unit.name,
                deadline.due_on,
                _state(deadline.due_on, today),
                reverse("returns:unit", args=[round_.campaign.code, round_.code, scope.unit.code]),
                _("Look at the tables"),
            )
        )
    return found


def _flags(actor: "User", round_: "Round") -> list[Item]:
    """One line a unit with everything to be decided there."""
    by_unit: dict[str, tuple[str, list[str]]] = {}
    for flag, label in appraisals.open_flags(actor, round_, *DECIDERS):
        unit = flag.appraisal.unit
        by_unit.setdefault(unit.code, (unit.name, []))[1].append(label)
    return [
        Item(
            ngettext(
                "Decide on %(n)d point: %(flags)s", "Decide on %(n)d points: %(flags)s", len(labels)
            )
            % {"n": len(labels), "flags": "、".join(dict.fromkeys(labels))},
            name,
            None,
            "todo",
            reverse("appraisals:result", args=[round_.campaign.code, round_.code, code]),
            _("Decide"),
        )
        for code, (name, labels) in by_unit.items()
    ]


def _meetings(actor: "User", round_: "Round") -> list[Item]:
    person = participant_of(actor, round_.campaign)
    if person is None:
        return []
    return [
        Item(
            _("Review meeting not saved yet"),
            meeting.unit.name,
            round_.closes_on,
            "todo",
            reverse("reviews:meeting", args=[round_.campaign.code, meeting.pk]),
            _("Continue"),
        )
        for meeting in reviews.open_meetings(person, round_)
    ]


def _imports(actor: "User", today: date) -> list[Item]:
    """Workbooks I uploaded and have not applied yet."""
    mine = imports_visible_to(actor, today).filter(
        state=ImportState.PREVIEWED, uploaded_by_id=actor.pk
    )
    return [
        Item(
            _("Roster import waits to be applied"),
            each.filename,
            None,
            "todo",
            reverse("rosters:preview", args=[each.pk]),
            _("Look at it"),
        )
        for each in mine
    ]


def _round_to_close(round_: "Round", today: date) -> list[Item]:
    if round_.state != RoundState.OPEN or today <= round_.closes_on:
        return []
    url = reverse("campaigns:gaps", args=[round_.campaign.code, round_.code])
    return [
        Item(
            _("Close the round: its last day has passed"),
            round_.name,
            round_.closes_on,
            "late",
            url,
            _("Look at the gaps"),
        )
    ]


def _state(due_on: date, today: date) -> str:
    if today > due_on:
        return "late"
    return "soon" if due_on - today <= SOON else "todo"


def _late_first(items: list[Item]) -> list[Item]:
    order = {"late": 0, "soon": 1, "todo": 2}
    return sorted(items, key=lambda item: (order[item.state], item.due_on or date.max))
