"""What a leader owes and began in a round: reviews still missing, meetings not saved."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.enums import Right
from pingyi.campaigns import queries as campaigns
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.permissions import is_office
from pingyi.core.clock import due_state
from pingyi.reviews.queries.sight import not_published, reviews_about
from pingyi.reviews.queries.tasks import (
    UnitTasks,
    given_by_nobody,
    given_without_account,
    open_meetings,
    tasks_of,
)
from pingyi.reviews.queries.texts import plan_of
from pingyi.ui.doors import Item, Turn, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round
    from pingyi.reviews.models import Meeting

# More are counted by nobody: the page behind the line has them all.
MOST_COUNTED = 99


def worklist(actor: "User", round_: "Round | None", today: date) -> Worklist:
    """Owed: the units with somebody to be reviewed. Waiting: meetings not saved. While the round is
    open: afterwards neither can be done; what was said is made known after it as well.
    """
    if round_ is None or round_.state == RoundState.PLANNED or plan_of(round_.campaign) is None:
        return Worklist()
    to_publish = [*_to_publish(actor, round_, today)]
    if round_.state == RoundState.CLOSED:
        return Worklist(owed=to_publish)
    to_assign = [*_to_assign(actor, round_, today)]
    person = campaigns.participant_of(actor, round_.campaign)
    if person is None:
        return Worklist(owed=[*to_assign, *to_publish])
    tasks = tasks_of(person, round_)
    return Worklist(
        owed=[
            *to_assign,
            *(_missing(group, round_, today) for group in tasks if group.missing),
            *to_publish,
        ],
        waiting=[_unsaved(meeting, round_) for meeting in open_meetings(person, round_)],
    )


def _to_assign(actor: "User", round_: "Round", today: date) -> Iterator[Item]:
    """For the office: reviews that nobody gives, or somebody who cannot sign in."""
    if not is_office(actor, round_.campaign):
        return
    codes = [round_.campaign.code, round_.code]
    page = reverse("reviews:assignments", args=codes)
    if number := given_by_nobody(round_):
        words = ngettext(
            "%(n)d review without a reviewer", "%(n)d reviews without a reviewer", number
        )
        yield Item(
            words % {"n": number},
            round_.name,
            round_.closes_on,
            due_state(round_.closes_on, today),
            f"{page}?without=1",
            _("Choose a reviewer"),
        )
    if not round_.campaign.secretaries_sign_in:
        return
    for reviewer in given_without_account(round_):
        yield Item(
            _("Reviewer without an account: %(name)s") % {"name": reviewer.shown_name},
            reviewer.unit.name if reviewer.unit else "",
            round_.closes_on,
            due_state(round_.closes_on, today),
            reverse("accounts:create"),
            _("Make an account"),
        )


def _to_publish(actor: "User", round_: "Round", today: date) -> Iterator[Item]:
    """For whoever answers for a unit: what was said there and nobody has made known, by the last
    day of the round; it stays after that. The office is not asked: the units do it.
    """
    for scope in campaigns.scopes(actor, round_.campaign):
        if scope.role not in Right.PUBLISH_REVIEWS.roles or scope.unit.parent_id is None:
            continue
        left = (
            reviews_about([scope.path], round_.campaign, round_).standing().filter(not_published())
        )
        number = left.order_by()[: MOST_COUNTED + 1].count()
        if number:
            words = ngettext("Publish %(n)s review", "Publish %(n)s reviews", number)
            codes = [round_.campaign.code, round_.code, scope.unit.code]
            yield Item(
                words % {"n": number if number <= MOST_COUNTED else f"{MOST_COUNTED}+"},
                scope.unit.name,
                round_.closes_on,
                due_state(round_.closes_on, today),
                reverse("reviews:publish", args=codes) + "?left=1",
                _("Publish"),
                turn=Turn.PUBLISHING,
            )


def _missing(group: UnitTasks, round_: "Round", today: date) -> Item:
    heads = campaigns.heads_said(group.missing_units, group.missing - group.missing_units)
    return Item(
        _("Review %(heads)s") % {"heads": heads},
        group.unit.name,
        round_.closes_on,
        due_state(round_.closes_on, today),
        reverse("reviews:tasks", args=[round_.campaign.code, round_.code]) + f"#{group.unit.code}",
        _("Review"),
    )


def _unsaved(meeting: "Meeting", round_: "Round") -> Item:
    return Item(
        _("Review meeting not saved yet"),
        meeting.unit.name,
        round_.closes_on,
        "todo",
        reverse("reviews:meeting", args=[round_.campaign.code, meeting.pk]),
        _("Continue"),
    )
