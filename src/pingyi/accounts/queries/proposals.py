"""Reads of proposals: who could confirm one, which are open for somebody."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Outcome, Right, Role
from pingyi.accounts.models import Proposal, User
from pingyi.accounts.queries.accounts import has_another, has_unopened, open_grants, tops
from pingyi.core.clock import day_of
from pingyi.organizations import queries as ground
from pingyi.organizations.queries import below
from pingyi.organizations.rules.spans import Span
from pingyi.ui.doors import LINES_SHOWN, Item, Worklist

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization, Person


def open_proposals() -> QuerySet[Proposal]:
    """Those that wait for a second person."""
    return Proposal.objects.filter(outcome=Outcome.OPEN)


def proposals_of(user: User) -> QuerySet[Proposal]:
    """The open ones about an account."""
    return (
        open_proposals()
        .filter(user=user)
        .select_related("organization", "person", "proposed_by", "user")
        .order_by("pk")
    )


def acts_for_a_leader(user: User, person: "Person", on: date) -> bool:
    """Whether somebody who knows the password of the account would act in the name of a leader from
    then on. With a first code it is the leader who confirms: whoever else has used the slip is
    found out, as it is void then.
    """
    return user.has_usable_password() and ground.leads(person.pk, on)


def could_be_confirmed(
    organization: "Organization",
    now: datetime,
    *,
    by: User,
    user: User | None = None,
    person: "Person | None" = None,
) -> bool:
    """Whether there is a second person: an office at or above the organization, neither who
    proposes nor whom it is about.

    For a link to a leader a colleague who shares an account with who proposes is none: a first code
    does it without. The role is proposed all the same, as nobody is rid of a second person by
    setting the colleague's password.
    """
    on = day_of(now)
    # Whoever has roles elsewhere, or belongs elsewhere, is managed from above all of it.
    places = [organization, *(grant.organization for grant in (open_grants(user) if user else ()))]
    people = {person.pk if person else None, user.person_id if user else None} - {None}
    places += [place for key in people if key for place in ground.places_of(key, on)]
    lines = [
        set(ground.path_ids(one.pk, Span(one.valid_from, one.valid_to).nearest(on)))
        for one in places
    ]
    known = [each for each in (by, user) if each is not None]
    right, common = Right.MANAGE_ACCOUNTS, set.intersection(*lines)
    if person is None:
        return has_another(right, common, than=known)
    return has_unopened(right, common, than=known, by=by, now=now)


def to_be_confirmed(actor: User, on: date) -> QuerySet[Proposal]:
    """The open proposals that the actor may confirm, the oldest first."""
    offices = tops(actor, Right.MANAGE_ACCOUNTS)
    if not offices:
        return Proposal.objects.none()
    return (
        open_proposals()
        .filter(organization_id__in=below(offices, on))
        .exclude(Q(proposed_by=actor) | Q(user=actor))
        .select_related("organization", "person", "proposed_by", "user")
        .order_by("pk")
    )


def worklist(actor: User, round_: object, today: date) -> Worklist:
    """Waiting: what somebody else has proposed for accounts; it belongs to no round."""
    if round_ is not None:
        return Worklist()
    # Mostly there is none: nobody looks for the organizations of the actor then.
    if not tops(actor, Right.MANAGE_ACCOUNTS) or not open_proposals().exists():
        return Worklist()
    waiting = to_be_confirmed(actor, today)
    found = [
        Item(
            _told(one),
            one.organization.name,
            None,
            "todo",
            reverse("accounts:detail", args=[one.user_id]),
            _("Look at it"),
        )
        for one in waiting[: LINES_SHOWN + 1]
    ]
    more = waiting.count() - LINES_SHOWN if len(found) > LINES_SHOWN else 0
    return Worklist(
        waiting=found[:LINES_SHOWN], also_waiting=more, all_waiting=reverse("accounts:list")
    )


def _told(proposal: Proposal) -> str:
    name = {"name": proposal.user}
    if proposal.person_id is None:
        return _("Campaign office: confirm the role for %(name)s") % name
    return _("Confirm whose account %(name)s is") % name


def is_for_two(role: Role) -> bool:
    """Whether a role gives the right to give roles: then one person alone does not give it."""
    return role in Right.MANAGE_ACCOUNTS.roles
