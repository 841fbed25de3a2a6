"""Rounds, deadlines and exemptions."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.campaigns.doors import LOOSE_ENDS, RECORDS
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.models import (
    Amendment,
    Campaign,
    Deadline,
    Exemption,
    ExemptionProposal,
    Round,
)
from pingyi.campaigns.models.universe import under
from pingyi.campaigns.queries.scopes import (
    own_records,
    participants_visible_to,
    scopes,
    units_visible_to,
)
from pingyi.campaigns.rules.tree import hold_all

if TYPE_CHECKING:
    from pingyi.accounts.models import User


# What a search looks through, on the page and for what leaves as a file.
AMENDMENTS_SEARCHED = ("unit__name", "participant__name", "reason")
EXEMPTIONS_SEARCHED = ("unit__name", "participant__name", "participant__unit__name", "reason")


def current_round(campaign: Campaign, today: date) -> Round | None:
    """The open round; else the one whose days hold today, else the next, else the last."""
    rounds = list(campaign.rounds.all())
    for wanted in (
        [found for found in rounds if found.state == RoundState.OPEN],
        [found for found in rounds if found.opens_on <= today <= found.closes_on],
        [found for found in rounds if found.opens_on > today],
        rounds[-1:],
    ):
        if wanted:
            return wanted[0]
    return None


def open_exemptions(round_: Round, duty: str | None = None) -> QuerySet[Exemption]:
    """Exemptions that hold; from one duty."""
    found = Exemption.objects.filter(round=round_, revoked_at=None)
    return found if duty is None else found.filter(duty=duty)


def is_exempt(
    subject: Literal["unit", "participant"], round_: Round, duty: str, key: str = "pk"
) -> Exists:
    """Whether the unit or person in that field is exempt from a duty in the round."""
    open_ones = Exemption.objects.filter(round=round_, duty=duty, revoked_at=None)
    return Exists(open_ones.filter(**{subject: OuterRef(key)}))


def deadlines_of(campaign: Campaign) -> list[Deadline]:
    """By when each tier sends its tables, all rounds. One query."""
    return list(Deadline.objects.filter(round__campaign=campaign).select_related("round"))


def amendments_visible_to(actor: Actor, campaign: Campaign) -> QuerySet[Amendment]:
    """Changes after the freeze in the actor's part of the tree, the latest first.

    With the role of a member only those of organizations and those about oneself.
    """
    units = units_visible_to(actor, campaign)
    amendments = Amendment.objects.filter(unit__in=units.order_by()).select_related(
        "unit", "participant", "amended_by"
    )
    if actor is None:
        return amendments
    paths = [
        scope.path for scope in scopes(actor, campaign) if scope.role in Right.READ_PEOPLE.roles
    ]
    about = Q(participant=None) | under(paths, "unit__path")
    about |= Q(participant__person_id__in=own_records(actor))
    return amendments.filter(about)


def exemptions_visible_to(actor: Actor, campaign: Campaign) -> QuerySet[Exemption]:
    """Exemptions of units and people in sight, revoked ones as well, with all that is shown."""
    exemptions = Exemption.objects.filter(
        Q(unit__isnull=True) | Q(unit__is_active=True),
        Q(participant__isnull=True) | Q(participant__is_active=True),
        round__campaign=campaign,
    )
    if actor is not None and not _sees_all(actor, campaign):
        every = Exemption.objects.order_by()
        units = every.filter(unit__in=units_visible_to(actor, campaign).order_by())
        people = every.filter(participant__in=participants_visible_to(actor, campaign).order_by())
        exemptions = exemptions.filter(pk__in=units.values("pk").union(people.values("pk")))
    return exemptions.select_related("round", "unit", "participant__unit", "exempted_by")


def _sees_all(actor: "User", campaign: Campaign) -> bool:
    readers = [s.path for s in scopes(actor, campaign) if s.role in Right.READ_PEOPLE.roles]
    return hold_all(readers)


def records_of(campaign: Campaign) -> list[str]:
    """What was recorded in a campaign since it was opened, by kind; whether, never how much."""
    own = [
        (_("exemptions"), Exemption.objects.filter(round__campaign=campaign)),
        (_("proposed exemptions"), ExemptionProposal.objects.filter(round__campaign=campaign)),
        (_("amendments of the universe"), Amendment.objects.filter(campaign=campaign)),
    ]
    found = [words for words, rows in own if rows.exists()]
    return found + [words for records in RECORDS.values() for words in records(campaign)]


def opening_warning(round_: Round, today: date) -> str:
    """What is asked before a round is opened ahead of its first day, or nothing."""
    if round_.state != RoundState.PLANNED or today >= round_.opens_on:
        return ""
    said = {"round": round_.name, "day": date_format(round_.opens_on)}
    return _("“%(round)s” was to begin on %(day)s. Begin it today all the same?") % said


def closing_warning(round_: Round, today: date) -> str:
    """What is asked before a round is closed that leaves something unfinished, or before its last
    day; or nothing.
    """
    if round_.state != RoundState.OPEN:
        return ""
    asked = []
    if today < round_.closes_on:
        said = {"round": round_.name, "day": date_format(round_.closes_on)}
        asked.append(_("“%(round)s” was to end on %(day)s.") % said)
    if left := [end for ends in LOOSE_ENDS.values() for end in ends(round_)]:
        listed = pgettext("list", "; ").join(left)
        asked.append(_("Not finished yet: %(left)s.") % {"left": listed})
    return " ".join([*asked, _("Close the round all the same?")]) if asked else ""
