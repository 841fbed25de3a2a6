"""An account is made, linked to a person of the register, deactivated, reactivated."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.enums import LedgerKind, Outcome, Role
from pingyi.accounts.models import Proposal, User
from pingyi.accounts.operations.grants import give_or_propose
from pingyi.accounts.operations.passwords import why_password_is_weak
from pingyi.accounts.operations.record import locked, record
from pingyi.accounts.permissions import (
    why_not_create_account,
    why_not_deactivate,
    why_not_link_person,
    why_not_reactivate,
)
from pingyi.accounts.queries.accounts import Actor
from pingyi.accounts.queries.proposals import acts_for_a_leader, could_be_confirmed
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import lines_last
from pingyi.organizations.queries import places_of, register_held

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization, Person


def create_account(
    *,
    username: str,
    name: str,
    password: str,
    by: Actor,
    now: datetime,
    role: Role | None = None,
    organization: "Organization | None" = None,
    person: "Person | None" = None,
    language: str = "",
) -> User:
    """Make an account, with its first role where one is given (role and organization together);
    that of the campaign office is proposed.

    Refuses outside the actor's subtree, a taken or empty sign-in name, a weak password.
    """
    user = User(
        username=User.normalize_username(username.strip()),
        name=name.strip(),
        language=language,
        created_at=now,
        created_by=by,
    )
    # Before the transaction: others would wait while it is hashed.
    user.set_password(password)
    with transaction.atomic(), lines_last():
        if person is not None:
            register_held()
        refuse(why_not_create_account(by, organization, now))
        refuse(_why_name_is_unfit(user))
        refuse(why_password_is_weak(password, user))
        user.save()
        record(LedgerKind.CREATED, user, {"name": user.name}, by=by, now=now)
        if role is not None and organization is not None:
            give_or_propose(user, role, organization, by=by, now=now)
        if person is not None:
            _link_or_propose(user, person, by=by, now=now)
    return user


def _why_name_is_unfit(user: User) -> Refusal | None:
    if not user.username or any(character.isspace() for character in user.username):
        return Refusal(
            _("A sign-in name has at least one character and no spaces."), code="username_unfit"
        )
    if len(user.username) > 60 or len(user.name) > 60:
        return Refusal(_("Names have at most 60 characters."), code="username_unfit")
    # Two offices at once: the second one's save() meets the unique constraint.
    if User.objects.filter(username=user.username).exists():
        return Refusal(_("This sign-in name is taken."), code="username_taken")
    return None


@transaction.atomic
def link_person(
    *, user: User, person: "Person | None", by: Actor, now: datetime
) -> Proposal | None:
    """Say who of the register the account belongs to; None takes the link away.

    A leader is proposed, for a second person to confirm, unless the account waits for its first
    password, which then is the leader's own. Refuses where there is no second person.
    """
    register_held()
    account = locked(user)
    proposal = _link_or_propose(account, person, by=by, now=now)
    user.person = account.person
    return proposal


def _link_or_propose(
    user: User, person: "Person | None", *, by: Actor, now: datetime
) -> Proposal | None:
    refuse(why_not_link_person(by, user, person, now))
    if by is None or person is None or not acts_for_a_leader(user, person, day_of(now)):
        write_link(user, person, by=by, now=now)
        return None
    return _propose(user, person, by=by, now=now)


def _propose(user: User, person: "Person", *, by: User, now: datetime) -> Proposal:
    place = places_of(person.pk, day_of(now))[0]
    if not could_be_confirmed(place, now, by=by, user=user, person=person):
        raise Refusal(
            _(
                "Whoever knows the password of this account would act for a leader, and there is "
                "no second person of the campaign office to confirm that. Make a first code for "
                "the account, link it, and hand over the slip."
            ),
            code="no_second",
        )
    if user.proposals.filter(outcome=Outcome.OPEN, person__isnull=False).exists():
        raise Refusal(_("A person is proposed for this account already."), code="proposed")
    proposal = Proposal.objects.create(
        user=user, organization=place, person=person, proposed_at=now, proposed_by=by
    )
    body = {"person": person.pk, "organization": place.code}
    record(LedgerKind.LINK_PROPOSED, user, body, by=by, now=now, rows=[proposal])
    return proposal


def write_link(
    user: User,
    person: "Person | None",
    *,
    by: Actor,
    now: datetime,
    confirms: Proposal | None = None,
) -> None:
    """The row and its line; whether the actor may is asked before.

    Another link that is proposed is withdrawn: confirmed later it would move the account again.
    """
    body: dict[str, object] = {"person": person.pk if person else None, "before": user.person_id}
    user.person = person
    user.save(update_fields=["person"])
    proposed = user.proposals.filter(outcome=Outcome.OPEN, person__isnull=False)
    overtaken = [row for row in proposed if row != confirms]
    for row in overtaken:
        row.outcome, row.decided_at, row.decided_by = Outcome.WITHDRAWN, now, by
        row.save(update_fields=["outcome", "decided_at", "decided_by"])
        body["withdrawn"] = row.person_id
    record(LedgerKind.PERSON_LINKED, user, body, by=by, now=now, rows=overtaken)


@transaction.atomic
def move_account(
    *, person: "Person", to: "Person", by: Actor, now: datetime, only: int | None = None
) -> int | None:
    """The account of one record of a person belongs to another record of the same one; its key.

    With `only` no other account than that one.

    Whoever merges the records has asked `why_not_join_accounts`. Nothing where there is none.
    """
    user = User.objects.filter(person=person).first()
    if user is None or only not in (None, user.pk):
        return None
    account = locked(user)
    account.person = to
    account.save(update_fields=["person"])
    body = {"person": to.pk, "before": person.pk}
    record(LedgerKind.PERSON_LINKED, account, body, by=by, now=now)
    return account.pk


@transaction.atomic
def deactivate(*, user: User, by: Actor, now: datetime) -> None:
    """From now on the account cannot sign in; open sessions end with their next page."""
    account = locked(user)
    refuse(why_not_deactivate(by, account, now))
    _set_active(account, False)
    user.is_active = False
    record(LedgerKind.DEACTIVATED, account, {}, by=by, now=now)


@transaction.atomic
def reactivate(*, user: User, by: Actor, now: datetime) -> None:
    """The account may sign in again."""
    account = locked(user)
    refuse(why_not_reactivate(by, account, now))
    _set_active(account, True)
    user.is_active = True
    record(LedgerKind.REACTIVATED, account, {}, by=by, now=now)


def _set_active(account: User, is_active: bool) -> None:
    account.is_active = is_active
    account.save(update_fields=["is_active"])
