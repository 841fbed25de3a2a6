"""Who may do what with accounts. The campaign office manages them inside its subtree.

Without an actor (command line, first start) everything is allowed.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.enums import ROLES_FROM_REGISTER, Outcome, Right, Role
from pingyi.accounts.models import Grant, Proposal, User
from pingyi.accounts.queries.accounts import (
    OPENED,
    Actor,
    belongs_elsewhere,
    confirmed_device,
    has_grant_within,
    has_right,
    is_proposed_within,
    lies_within,
    open_grants,
    opened_between,
    pending_device,
    people_managed_by,
    tops,
    was_opened_since,
)
from pingyi.accounts.queries.first_codes import waits_for_password
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.organizations.queries import leads, people_below

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization, Person


def why_not_manage_accounts(actor: Actor) -> Refusal | None:
    """Only the campaign office manages accounts at all."""
    if actor is None or has_right(actor, Right.MANAGE_ACCOUNTS):
        return None
    return Refusal(
        _("Only the campaign office manages accounts. Please ask your campaign office."),
        code="not_office",
    )


def why_not_manage(actor: Actor, user: User, now: datetime) -> Refusal | None:
    """The office manages an account all of whose roles lie in its subtree, and all that its person
    is in the register: with the account of a leader one acts in their name above as well.
    """
    reason = why_not_manage_accounts(actor)
    if actor is None or reason is not None:
        return reason
    offices, on = tops(actor, Right.MANAGE_ACCOUNTS), day_of(now)
    grants = open_grants(user)
    if not all(lies_within(grant.organization, offices, on) for grant in grants):
        return Refusal(
            _(
                "This person also has a role outside your part of the tree. Please ask the "
                "campaign office above you."
            ),
            code="outside",
        )
    if belongs_elsewhere(user, offices, on):
        return _belongs_above()
    if not grants and not _is_known(actor, user, offices, on):
        return Refusal(_("This account lies outside your part of the tree."), code="outside")
    return None


def _is_known(actor: User, user: User, offices: frozenset[int], on: date) -> bool:
    """Whether an account without a role is one of the office: made by it, or with a role there
    once, or one proposed there that waits.
    """
    return (
        user.created_by_id == actor.pk
        or has_grant_within(user, offices, on)
        or User.objects.filter(
            is_proposed_within(offices, on, outcome=Outcome.OPEN), pk=user.pk
        ).exists()
    )


def why_not_grant(actor: Actor, organization: "Organization", now: datetime) -> Refusal | None:
    """The office gives roles inside its subtree, at organizations that still exist."""
    reason = why_not_manage_accounts(actor)
    if reason is not None:
        return reason
    on = day_of(now)
    if organization.valid_to is not None and organization.valid_to <= on:
        return Refusal(_("This organization no longer exists."), code="closed")
    return _why_outside(actor, organization, on)


def _why_outside(actor: Actor, organization: "Organization", on: date) -> Refusal | None:
    if actor is None or lies_within(organization, tops(actor, Right.MANAGE_ACCOUNTS), on):
        return None
    return Refusal(_("You can give roles only inside your own part of the tree."), code="outside")


def why_not_create_account(
    actor: Actor, organization: "Organization | None", now: datetime
) -> Refusal | None:
    """The office makes accounts with a role inside its subtree."""
    if organization is not None:
        return why_not_grant(actor, organization, now)
    return why_not_manage_accounts(actor)


def why_not_create_accounts(
    actor: Actor, role: Role | None, organization: "Organization", now: datetime
) -> Refusal | None:
    """The office makes accounts for those whom the register names, inside its subtree."""
    if role is not None and role not in ROLES_FROM_REGISTER:
        return Refusal(
            _("Nothing in the register says who has this role. Make these accounts one by one."),
            code="not_from_register",
        )
    return why_not_grant(actor, organization, now)


def why_not_end_grant(actor: Actor, grant: Grant, now: datetime) -> Refusal | None:
    """The office ends roles inside its subtree, but not its own."""
    if grant.ended_at is not None:
        return Refusal(_("This role has already ended."), code="ended")
    if actor is not None and grant.user_id == actor.pk:
        return Refusal(
            _("You cannot end your own role. Please ask another person of the campaign office."),
            code="own",
        )
    reason = why_not_manage_accounts(actor)
    if actor is None or reason is not None:
        return reason
    if lies_within(grant.organization, tops(actor, Right.MANAGE_ACCOUNTS), day_of(now)):
        return None
    return Refusal(_("This role lies outside your part of the tree."), code="outside")


def why_not_confirm(actor: User, proposal: Proposal, now: datetime) -> Refusal | None:
    """A second person of the office: neither who proposed it nor whom it is for; who could link the
    account to a proposed person as well.
    """
    if actor.pk == proposal.proposed_by_id:
        return Refusal(
            _("You have proposed this yourself. A second person has to confirm it."),
            code="own_proposal",
        )
    reason = (
        _why_not_decide(actor, proposal, now)
        or why_not_grant(actor, proposal.organization, now)
        or why_not_second(actor, proposal.proposed_by, proposal.proposed_at)
    )
    if reason is not None:
        return reason
    if was_opened_since(proposal.user, proposal.proposed_at):
        return Refusal(
            _(
                "Since this was proposed somebody has set the password of the account or made a "
                "first code for it. Refuse the proposal; it can be made anew."
            ),
            code="opened_since",
        )
    if not proposal.user.is_active:
        return Refusal(_("This account is deactivated. Reactivate it first."), code="inactive")
    if proposal.person is not None:
        return why_not_link_person(actor, proposal.user, proposal.person, now)
    return why_not_manage(actor, proposal.user, now)


def why_not_second(actor: User, proposer: User | None, proposed_at: datetime) -> Refusal | None:
    """Whoever has set the password or the first code of another account is not his own second
    person with it: neither by confirming with that account, nor by proposing with it.
    """
    opened = opened_between(actor, proposer, proposed_at) if proposer is not None else None
    if opened is None:
        return None
    if opened.pk != actor.pk:
        return Refusal(
            _(
                "You have set the password of whoever proposed this within the last %(days)d "
                "days. Somebody else has to confirm it."
            )
            % {"days": OPENED.days},
            code="opened_proposer",
        )
    return Refusal(
        _(
            "Whoever proposed this has set the password of your account within the last "
            "%(days)d days. Somebody else has to confirm it."
        )
        % {"days": OPENED.days},
        code="opened_by_proposer",
    )


def why_not_refuse(actor: User, proposal: Proposal, now: datetime) -> Refusal | None:
    """Whoever may decide there and has not proposed it, even where the organization is closed."""
    if actor.pk == proposal.proposed_by_id:
        return Refusal(
            _("You have proposed this yourself. You can withdraw it."), code="own_proposal"
        )
    return _why_not_decide(actor, proposal, now)


def _why_not_decide(actor: User, proposal: Proposal, now: datetime) -> Refusal | None:
    if (decided := _why_decided(proposal)) is not None:
        return decided
    if actor.pk == proposal.user_id:
        return Refusal(
            _("This is about your account: somebody else has to decide on it."), code="for_oneself"
        )
    return why_not_manage_accounts(actor) or _why_outside(actor, proposal.organization, day_of(now))


def why_not_withdraw(actor: User, proposal: Proposal, now: datetime) -> Refusal | None:
    """Who proposed it, and whoever manages the account."""
    is_own = actor.pk == proposal.proposed_by_id
    if not is_own and why_not_manage(actor, proposal.user, now) is not None:
        return Refusal(
            _("Only who proposed this and whoever manages the account can withdraw it."),
            code="not_own",
        )
    return _why_decided(proposal)


def _why_decided(proposal: Proposal) -> Refusal | None:
    if proposal.outcome == Outcome.OPEN:
        return None
    return Refusal(_("This proposal has been decided on already."), code="decided")


def why_not_set_password(actor: Actor, user: User, now: datetime) -> Refusal | None:
    """The office sets passwords of others, but of no leader, in whose name it could act then."""
    reason = why_not_make_first_code(actor, user, now)
    if actor is None or reason is not None:
        return reason
    if user.proposals.filter(outcome=Outcome.OPEN, person__isnull=False).exists():
        return Refusal(
            _(
                "A leader is proposed for this account: until that is decided nobody sets its "
                "password."
            ),
            code="link_proposed",
        )
    if user.person_id is None or not leads(user.person_id, day_of(now)):
        return None
    return Refusal(
        _(
            "This person holds a post or is in charge: nobody else may know the password. Make a "
            "first code and hand over the slip; its owner then chooses the password."
        ),
        code="leader",
    )


def why_not_make_first_code(actor: Actor, user: User, now: datetime) -> Refusal | None:
    """The office voids passwords of others; the own one is changed under My account."""
    if actor is not None and actor.pk == user.pk:
        return Refusal(_("Change your own password under “My account”."), code="own")
    return why_not_manage(actor, user, now)


def why_not_print_first_code(actor: Actor, user: User, now: datetime) -> Refusal | None:
    """The office prints the slips of accounts in its subtree that have no password yet."""
    if not user.is_active:
        return Refusal(_("This account is deactivated. Reactivate it first."), code="inactive")
    if not waits_for_password(user):
        return Refusal(_("This account has a password already."), code="has_password")
    return why_not_manage(actor, user, now)


def why_not_deactivate(actor: Actor, user: User, now: datetime) -> Refusal | None:
    """The office deactivates others in its subtree."""
    if actor is not None and actor.pk == user.pk:
        return Refusal(_("You cannot deactivate your own account."), code="own")
    if not user.is_active:
        return Refusal(_("This account is already deactivated."), code="inactive")
    return why_not_manage(actor, user, now)


def why_not_reactivate(actor: Actor, user: User, now: datetime) -> Refusal | None:
    """The office lets a deactivated account in its subtree sign in again."""
    if user.is_active:
        return Refusal(_("This account is already active."), code="active")
    return why_not_manage(actor, user, now)


def why_not_start_one_time_code(actor: User) -> Refusal | None:
    """Everybody may use one-time codes; one device at a time."""
    if confirmed_device(actor) is None:
        return None
    return Refusal(
        _("One-time codes are already in use. Remove them first to set up another device."),
        code="in_use",
    )


def why_not_remove_one_time_code(actor: Actor, user: User, now: datetime) -> Refusal | None:
    """The office removes those of a lost device in its subtree; everybody the own one while it is
    being set up, and later with a code of it.
    """
    in_use = confirmed_device(user) is not None
    if not in_use and pending_device(user) is None:
        return Refusal(_("No one-time codes are in use."), code="not_in_use")
    if actor is not None and actor.pk == user.pk:
        return _own_code_in_use() if in_use else None
    return why_not_manage(actor, user, now)


def _own_code_in_use() -> Refusal:
    """An open session at an unwatched screen must not be enough."""
    return Refusal(
        _("Remove your own one-time codes under “My account”, with a code from your app."),
        code="own",
    )


def why_not_link_person(
    actor: Actor, user: User, person: "Person | None", now: datetime
) -> Refusal | None:
    """The office says who of the register an account belongs to, inside its subtree."""
    reason = why_not_manage(actor, user, now)
    if reason is not None or person is None:
        return reason
    if person.pk == user.person_id:
        return Refusal(_("This account already belongs to this person."), code="linked")
    if User.objects.filter(person_id=person.pk).exists():
        return Refusal(_("This person already has another account."), code="has_account")
    if people_managed_by(actor, day_of(now)).filter(pk=person.pk).exists():
        return None
    offices = tops(actor, Right.MANAGE_ACCOUNTS) if actor else ()
    if people_below(offices, day_of(now)).filter(pk=person.pk).exists():
        return _belongs_above()
    return Refusal(_("This person lies outside your part of the tree."), code="outside")


def why_not_join_accounts(actor: Actor, people: list[int], now: datetime) -> Refusal | None:
    """Records of one person are merged: at most one has an account, and the office manages it.

    Whoever signs in with it acts from then on for all that the other record is as well.
    """
    users = list(User.objects.filter(person_id__in=people))
    if len(users) > 1:
        return Refusal(
            _("Both have an account. Take the person away from one of the accounts first."),
            code="two_accounts",
        )
    for user in users:
        if why_not_manage(actor, user, now) is not None:
            return Refusal(
                _("One of them has an account. Please ask the campaign office that manages it."),
                code="has_account",
            )
        if actor is not None and _comes_to_lead(user, people, day_of(now)):
            return Refusal(
                _(
                    "One of them has an account, and the other one holds a post or is in charge. "
                    "Make a first code for the account first: its owner then chooses a password "
                    "that nobody else knows."
                ),
                code="leader",
            )
    return None


def _comes_to_lead(user: User, people: list[int], on: date) -> bool:
    """Whether an account with a password would come to act for what another record leads by a merge
    alone, whatever its own record leads.
    """
    return user.has_usable_password() and any(
        leads(pk, on) for pk in people if pk != user.person_id
    )


def _belongs_above() -> Refusal:
    """Whoever signs in as such a person acts there too: an office below must not open that door."""
    return Refusal(
        _(
            "This person also is a member, holds a post or is in charge outside your part of the "
            "tree. Please ask the campaign office above you."
        ),
        code="outside",
    )
