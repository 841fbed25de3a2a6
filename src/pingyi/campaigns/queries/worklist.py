"""What the campaign office has to do next, in the order of a campaign's life."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import secretaries_without_account
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries.gaps import is_anything_missing
from pingyi.campaigns.queries.proposals import to_be_confirmed
from pingyi.campaigns.queries.rounds import deadlines_of
from pingyi.campaigns.queries.scopes import scopes
from pingyi.core.clock import due_state
from pingyi.ui.doors import LINES_SHOWN, Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round

# More are counted by nobody: the page behind the line has them all.
MOST_COUNTED = 99


def worklist(actor: "User", round_: "Round | None", today: date) -> Worklist:
    """What the office of the campaign owes to the round, in the order of a campaign's life."""
    if round_ is None:
        return Worklist()
    confirming, more = _to_confirm(actor, round_)
    exemptions = reverse("campaigns:exemptions", args=[round_.campaign.code])
    is_office = any(
        scope.role in Right.RUN_CAMPAIGNS.roles
        and scope.unit.organization_id == round_.campaign.root_id
        for scope in scopes(actor, round_.campaign)
    )
    if not is_office:
        return Worklist(waiting=confirming, also_waiting=more, all_waiting=exemptions)
    return Worklist(
        owed=[
            *_campaign_to_close(round_, today),
            *_accounts(actor, round_, today),
            *_to_begin(round_, today),
        ],
        waiting=[*confirming, *_to_close(round_, today)],
        also_waiting=more,
        all_waiting=exemptions,
    )


def _to_confirm(actor: "User", round_: "Round") -> tuple[list[Item], int]:
    """Exemptions of many at once, proposed by somebody else; and how many more there are."""
    if all(scope.role not in Right.EXEMPT.roles for scope in scopes(actor, round_.campaign)):
        return [], 0
    waiting = to_be_confirmed(actor, round_)
    words = _("Exempting %(n)d gaps at once: confirm or refuse")
    found = [
        Item(
            words % {"n": proposal.count},
            proposal.unit.name,
            None,
            "todo",
            reverse("campaigns:proposal", args=[round_.campaign.code, proposal.pk]),
            _("Look at it"),
        )
        for proposal in waiting[: LINES_SHOWN + 1]
    ]
    more = waiting.count() - LINES_SHOWN if len(found) > LINES_SHOWN else 0
    return found[:LINES_SHOWN], more


def _to_begin(round_: "Round", today: date) -> Iterator[Item]:
    """The next planned round, where none is open."""
    rounds = list(round_.campaign.rounds.all())
    planned = next((each for each in rounds if each.state == RoundState.PLANNED), None)
    if round_ != planned or any(each.state == RoundState.OPEN for each in rounds):
        return
    yield Item(
        _("Begin the round"),
        round_.name,
        round_.opens_on,
        due_state(round_.opens_on, today),
        reverse("campaigns:campaign", args=[round_.campaign.code]),
        _("To the campaign"),
    )


def _to_close(round_: "Round", today: date) -> Iterator[Item]:
    """The open round, after its last day."""
    if round_.state != RoundState.OPEN or today <= round_.closes_on:
        return
    yield Item(
        _("Close the round: its last day has passed"),
        round_.name,
        round_.closes_on,
        "late",
        reverse("campaigns:gaps", args=[round_.campaign.code, round_.code]),
        _("Look at the gaps"),
    )


def _campaign_to_close(round_: "Round", today: date) -> Iterator[Item]:
    """The campaign, when its last round is closed and every table has been due."""
    rounds = list(round_.campaign.rounds.all())
    if round_ != rounds[-1] or any(each.state != RoundState.CLOSED for each in rounds):
        return
    if any(deadline.due_on >= today for deadline in deadlines_of(round_.campaign)):
        return
    yield Item(
        _("Close the campaign: all of its rounds are closed"),
        round_.campaign.name,
        None,
        "todo",
        reverse("campaigns:campaign", args=[round_.campaign.code]),
        _("To the campaign"),
    )


def _accounts(actor: "User", round_: "Round", today: date) -> Iterator[Item]:
    """Secretaries who cannot sign in, from shortly before the round begins until it is closed.

    While it is open and something is missing others wait for them: that comes before what is due
    in more than a week. It has no day of its own.
    """
    is_far = due_state(round_.opens_on, today) == "todo"
    if not round_.campaign.secretaries_sign_in or round_.state == RoundState.CLOSED:
        return
    if round_.state == RoundState.PLANNED and is_far:
        return
    top = round_.campaign.root
    found = secretaries_without_account(top, today, by=actor, most=MOST_COUNTED)
    # Of several levels in one line: their accounts are made at once.
    lines = [(role.value, str(role.label), number) for role, number in found]
    if len(lines) > 1:
        of_all = sum(number for _role, _label, number in lines)
        lines = [("secretaries", _("Secretaries of every level"), of_all)]
    is_open = round_.state == RoundState.OPEN
    blocks = bool(lines) and is_open and is_anything_missing(round_)
    for role, label, number in lines:
        counted = f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
        yield Item(
            _("Without an account: %(role)s, %(n)s") % {"role": label, "n": counted},
            top.name,
            None,
            "soon" if blocks else "todo",
            reverse("accounts:create-many", query={"role": role, "organization": top.code}),
            _("Make accounts"),
            aside=_("Not needed"),
            aside_url=reverse("campaigns:signing-in", args=[round_.campaign.code]),
        )
