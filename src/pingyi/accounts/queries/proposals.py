"""Reads of proposals: who could confirm one, which are open for somebody."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Outcome, Right, Role
from pingyi.accounts.models import Proposal, User
from pingyi.accounts.queries.accounts import Actor, has_another, open_grants, tops
from pingyi.organizations import queries as ground
from pingyi.organizations.queries import below
from pingyi.organizations.rules.spans import Span
from pingyi.ui.doors import LINES_SHOWN, Item, Worklist

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


def open_proposals() -> QuerySet[Proposal]:
    """Those that wait for a second person."""
    return Proposal.objects.filter(outcome=Outcome.OPEN)


def proposals_of(user: User) -> QuerySet[Proposal]:
    """The open ones about an account."""
    return (
        open_proposals()
        .filter(user=user)
        .select_related("organization", "proposed_by", "user")
        .order_by("pk")
    )


def could_be_confirmed(
    organization: "Organization", on: date, *, by: Actor, user: User | None = None
) -> bool:
    """Whether there is a second person: an office at or above the organization, neither who
    proposes nor who is to have the role.
    """
    # Whoever has roles elsewhere is managed from above all of them.
    places = [organization, *(grant.organization for grant in (open_grants(user) if user else ()))]
    lines = [
        set(ground.path_ids(one.pk, Span(one.valid_from, one.valid_to).nearest(on)))
        for one in places
    ]
    known = [each for each in (by, user) if each is not None]
    return has_another(Right.MANAGE_ACCOUNTS, set.intersection(*lines), than=known)


def to_be_confirmed(actor: User, on: date) -> QuerySet[Proposal]:
    """The open proposals that the actor may confirm, the oldest first."""
    offices = tops(actor, Right.MANAGE_ACCOUNTS)
    if not offices:
        return Proposal.objects.none()
    return (
        open_proposals()
        .filter(organization_id__in=below(offices, on))
        .exclude(Q(proposed_by=actor) | Q(user=actor))
        .select_related("organization", "proposed_by", "user")
        .order_by("pk")
    )


def worklist(actor: User, round_: object, today: date) -> Worklist:
    """Waiting: roles of the campaign office that somebody else has proposed; in no round."""
    if round_ is not None:
        return Worklist()
    # Mostly there is none: nobody looks for the organizations of the actor then.
    if not tops(actor, Right.MANAGE_ACCOUNTS) or not open_proposals().exists():
        return Worklist()
    waiting = to_be_confirmed(actor, today)
    found = [
        Item(
            _("Campaign office: confirm the role for %(name)s") % {"name": one.user},
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


def is_for_two(role: Role) -> bool:
    """Whether a role gives the right to give roles: then one person alone does not give it."""
    return role in Right.MANAGE_ACCOUNTS.roles
