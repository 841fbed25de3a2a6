"""Accounts for everybody whom the register names for a role, made at once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.enums import AccessKind, LedgerKind, Role
from pingyi.accounts.models import Access, Grant, User
from pingyi.accounts.operations.record import line
from pingyi.accounts.permissions import why_not_create_accounts
from pingyi.accounts.queries.accounts import Actor, role_text
from pingyi.accounts.queries.candidates import ROLE_AT, Candidate, candidates, people_for
from pingyi.accounts.rules.sign_in_names import sign_in_name
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import append_many
from pingyi.organizations.enums import Level
from pingyi.organizations.queries import subtree_locked

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization

MOST_AT_ONCE = 2000


@transaction.atomic
def create_accounts(
    *,
    role: Role | None,
    organization: "Organization",
    by: Actor,
    now: datetime,
    only: Collection[int] | None = None,
) -> list[User]:
    """Make an account for everybody at or below an organization who has none, with this role;
    without a role for secretaries of every level, each with the role of the post. With `only`
    for those people of them.

    Who that is follows from posts and memberships (`queries.people_for`). Nobody gets a password:
    each signs in with the code on a slip first. All are made, or none. Refuses outside the actor's
    subtree, a role that no post stands for, nobody, and more than MOST_AT_ONCE.
    """
    # Two offices at once, one above the other too: the second waits here and finds nobody left.
    subtree_locked(organization, day_of(now))
    refuse(why_not_create_accounts(by, role, organization, now))
    people = people_for(role, organization, day_of(now), by=by)
    if only is not None:
        people = people.filter(pk__in=only)
    found = list(candidates(people[: MOST_AT_ONCE + 1]))
    refuse(_why_number_is_unfit(len(found)))
    users = User.objects.bulk_create(_users(found, by, now))
    grants = Grant.objects.bulk_create(
        Grant(
            user=user,
            role=role or ROLE_AT[Level(place.level)],
            organization=place,
            granted_at=now,
            granted_by=by,
        )
        for user, one in zip(users, found, strict=True)
        for place in one.organizations
    )
    _record(users, grants, by, now)
    return users


def _why_number_is_unfit(number: int) -> Refusal | None:
    if number == 0:
        return Refusal(
            _("The register names nobody for this role here who has no account yet."), code="nobody"
        )
    if number > MOST_AT_ONCE:
        return Refusal(
            _(
                "These are more than %(most)d accounts. Choose an organization further down the "
                "tree."
            )
            % {"most": MOST_AT_ONCE},
            code="too_many",
        )
    return None


def _users(found: Iterable[Candidate], by: Actor, now: datetime) -> list[User]:
    """The accounts, each under a sign-in name of its own and without a password."""
    taken = {name.lower() for name in User.objects.values_list("username", flat=True)}
    users = []
    for one in found:
        username = sign_in_name(one.person.name, taken)
        taken.add(username)
        user = User(
            username=username, name=one.person.name, person=one.person, created_at=now,
            created_by=by,
        )  # fmt: skip
        user.set_unusable_password()
        users.append(user)
    return users


def _record(users: list[User], grants: list[Grant], by: Actor, now: datetime) -> None:
    """The same lines as of accounts made one by one."""
    Access.objects.bulk_create(
        Access(
            kind=AccessKind.ROLE_GIVEN, account_id=grant.user_id, done_by=by, done_at=now,
            told=role_text(grant),
        )
        for grant in grants
    )  # fmt: skip
    made = []
    given: dict[int, list[Grant]] = {}
    for grant in grants:
        given.setdefault(grant.user_id, []).append(grant)
    for user in users:
        person = {"person": user.person_id, "before": None}
        made.append(line(LedgerKind.CREATED, user, {"name": user.name}, by=by, now=now))
        made += [
            line(
                LedgerKind.ROLE_GRANTED, user,
                {"role": grant.role, "organization": grant.organization.code}, by=by, now=now,
                rows=[grant],
            )
            for grant in given[user.pk]
        ]  # fmt: skip
        made.append(line(LedgerKind.PERSON_LINKED, user, person, by=by, now=now))
    append_many(made)
