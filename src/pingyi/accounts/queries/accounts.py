"""Reads of accounts: what a user may do, whom an office manages."""

from base64 import b32encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from pingyi.accounts.enums import LedgerKind, Outcome, Right
from pingyi.accounts.models import Grant, Proposal, User
from pingyi.core.refusals import Refusal
from pingyi.ledger.operations import Signature
from pingyi.ledger.queries import lines_about
from pingyi.organizations import queries as ground
from pingyi.organizations.queries import below
from pingyi.organizations.rules.spans import Span

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization, Person

# Who does a deed or asks why not: somebody with an account, or nobody on the command line.
Actor: TypeAlias = User | None

# As long as the field of a ledger line.
ROLE_TEXT_LIMIT = 100
# Where the open grants of a user are kept for the length of a request; lists read it in templates.
OPEN = "open_grants_now"
COMMAND_LINE = "command line"


def open_grants(user: User | AnonymousUser) -> tuple[Grant, ...]:
    """The grants of a user that have not ended, with their organizations; read once a user."""
    if isinstance(user, AnonymousUser):
        return ()
    if not hasattr(user, OPEN):
        setattr(user, OPEN, _open(Grant.objects.filter(user=user)))
    return tuple(getattr(user, OPEN))


def forget_grants(user: User) -> None:
    """Operations call this after a change, so that the next question is asked anew."""
    if hasattr(user, OPEN):
        delattr(user, OPEN)


def has_right(user: User | AnonymousUser, right: Right) -> bool:
    """Whether the user has this right anywhere."""
    return any(grant.role in right.roles for grant in open_grants(user))


def tops(user: User | AnonymousUser, right: Right = Right.READ) -> frozenset[int]:
    """Ids of the organizations from which downwards the user has this right."""
    return frozenset(
        grant.organization_id for grant in open_grants(user) if grant.role in right.roles
    )


def signature(actor: Actor) -> Signature:
    """Who does a deed, for its ledger line: the account and its roles, as they are now."""
    return Signature(account=actor.pk if actor else None, role=_role_text(actor))


def _role_text(user: Actor) -> str:
    """The roles for a ledger line, 'clerk@SFZ, office@X'; a machine's words, never translated."""
    if user is None:
        return COMMAND_LINE
    texts = sorted({role_text(grant) for grant in open_grants(user)})
    if not texts:
        return "no role"
    kept: list[str] = []
    for text in texts:
        if len(", ".join([*kept, text, "…"])) > ROLE_TEXT_LIMIT:
            return ", ".join([*kept, "…"])
        kept.append(text)
    return ", ".join(kept)


def role_text(grant: Grant) -> str:
    """A role as records write it, 'clerk@SFZ'; a machine's words, never translated."""
    return f"{grant.role}@{grant.organization.code}"


def users_visible_to(actor: Actor, on: date) -> QuerySet[User]:
    """Whom the actor sees among the accounts, with their open grants read along.

    The campaign office sees those with a role in its subtree or for whom one is proposed there,
    those whose last role there has ended or was not given, and those it made itself; everybody else
    sees only the own account.
    """
    users = User.objects.prefetch_related(
        Prefetch("grants", queryset=_open(Grant.objects.all()), to_attr=OPEN)
    )
    if actor is None:
        return users
    offices = tops(actor, Right.MANAGE_ACCOUNTS)
    if not offices:
        return users.filter(pk=actor.pk)
    theirs = Grant.objects.filter(user=OuterRef("pk"))
    inside = theirs.filter(organization_id__in=below(offices, on))
    has_none = ~Exists(theirs.filter(ended_at__isnull=True))
    return users.filter(
        Q(pk=actor.pk)
        | Exists(inside.filter(ended_at__isnull=True))
        | Q(has_none & Exists(inside))
        | Q(has_none & Q(created_by=actor))
        | Q(has_none & is_proposed_within(offices, on))
        | is_proposed_within(offices, on, outcome=Outcome.OPEN)
    )


def is_proposed_within(offices: frozenset[int], on: date, **how: Outcome) -> Exists:
    """Of an account: whether the office's role was proposed for it in the subtrees of these; `how`
    it ended may be named.
    """
    theirs = Proposal.objects.filter(user=OuterRef("pk"), **how)
    return Exists(theirs.filter(organization_id__in=below(offices, on)))


def has_another(right: Right, organizations: Collection[int], *, than: Collection[User]) -> bool:
    """Whether somebody else has a right in one of these organizations itself, by an open role."""
    return _grants_of_others(right, organizations, than).exists()


def has_unopened(
    right: Right, organizations: Collection[int], *, than: Collection[User], by: User, now: datetime
) -> bool:
    """The same of somebody whose account this one has not opened, nor theirs his. Up to four
    queries for each of them.
    """
    found = _grants_of_others(right, organizations, than).select_related("user").order_by("pk")
    return any(opened_between(grant.user, by, now) is None for grant in found)


def _grants_of_others(
    right: Right, organizations: Collection[int], than: Collection[User]
) -> QuerySet[Grant]:
    roles = [role.value for role in right.roles]
    found = _open(Grant.objects.filter(role__in=roles, organization_id__in=organizations))
    return found.filter(user__is_active=True).exclude(user__in=[one.pk for one in than])


def organizations_managed_by(actor: Actor, on: date) -> "QuerySet[Organization]":
    """Where the actor may give roles: the subtrees of its office grants."""
    return ground.organizations_below(
        None if actor is None else tops(actor, Right.MANAGE_ACCOUNTS), on
    )


def people_managed_by(actor: Actor, on: date) -> "QuerySet[Person]":
    """People without a sign-in who are members or hold a post where the actor may give roles, and
    nowhere else: whoever signs in as a leader acts above as well.
    """
    if actor is None:
        return ground.people_below(None, on).filter(user=None)
    offices = tops(actor, Right.MANAGE_ACCOUNTS)
    return not_tied_elsewhere(ground.people_below(offices, on).filter(user=None), offices, on)


def people_seen_by(actor: User, people: Iterable[int | None], on: date) -> frozenset[int]:
    """Which of these people the actor sees: they are members or hold a post in its part."""
    keys = [pk for pk in people if pk is not None]
    if not keys:
        return frozenset()
    seen = ground.people_below(tops(actor, Right.READ_PEOPLE), on).filter(pk__in=keys)
    return frozenset(seen.values_list("pk", flat=True))


def not_tied_elsewhere(
    people: "QuerySet[Person]", offices: Collection[int], on: date
) -> "QuerySet[Person]":
    """Those of these people who are members, hold posts and are in charge only at these
    organizations and below; all of them where there is nothing else.
    """
    if ground.hold_all(offices, on):
        return people
    return people.exclude(ground.tied_elsewhere(offices, on))


def belongs_elsewhere(user: User, offices: Iterable[int], on: date) -> bool:
    """Whether the person of an account is a member, holds a post or is in charge outside."""
    if user.person_id is None:
        return False
    people = ground.people_below(None, on).filter(pk=user.person_id)
    return people.filter(ground.tied_elsewhere(offices, on)).exists()


def lies_within(organization: "Organization", tops: Iterable[int], on: date) -> bool:
    """Whether the organization is one of these or below; a closed one counts where it last was."""
    day = Span(organization.valid_from, organization.valid_to).nearest(on)
    wanted = set(tops)
    return bool(wanted) and not wanted.isdisjoint(ground.path_ids(organization.pk, day))


def has_grant_within(user: User, tops: Iterable[int], on: date) -> bool:
    """Whether the user ever had a role in the subtrees of these."""
    return Grant.objects.filter(user=user, organization_id__in=below(tops, on)).exists()


def grants_of(user: User) -> QuerySet[Grant]:
    """All grants of a user, open ones first, then the latest ended."""
    return user.grants.select_related("organization", "granted_by", "ended_by").order_by(
        "-ended_at", "-granted_at"
    )


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history of an account."""

    at: datetime
    label: str
    actor_role: str


def history_of(user: User, *, latest: int = 20) -> list[HistoryLine]:
    """The latest deeds on an account, from the ledger."""
    labels = dict(LedgerKind.choices)
    return [
        HistoryLine(line.at, str(labels.get(line.kind, line.kind)), line.actor_role)
        for line in lines_about(subject_of(user))[:latest]
    ]


def subject_of(user: User) -> str:
    """The account as the subject of ledger lines."""
    return f"account:{user.pk}"


def user_who_may_sign_in(pk: int) -> User | None:
    """The account between the password and the one-time code, unless deactivated meanwhile."""
    return User.objects.filter(pk=pk, is_active=True).first()


def user_by_name(username: str) -> User:
    """The account with this sign-in name that can be used; a refusal where there is none."""
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        sentence = _("There is no account “%(name)s” that can sign in.")
        raise Refusal(sentence % {"name": username}, code="unknown_account")
    return found


def user_by_id(pk: int | None) -> User | None:
    """Who began a piece of work; nobody for the command line. Raises where there is no such row."""
    return None if pk is None else User.objects.get(pk=pk)


def confirmed_device(user: User) -> TOTPDevice | None:
    """The device whose one-time codes the user must give at sign-in."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("-pk").first()


def pending_device(user: User) -> TOTPDevice | None:
    """A device the user has started to set up but not confirmed."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).order_by("-pk").first()


def secret_text(device: TOTPDevice) -> str:
    """The secret of a device in base32, in fours, for typing it into an app by hand."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _open(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    return grants.filter(ended_at__isnull=True).select_related("organization")


def any_account() -> bool:
    """Whether anybody can sign in at all; false before the first start."""
    return User.objects.exists()


def tell_accounts_apart(users: Iterable[User], on: date) -> None:
    """Give accounts that are shown what tells their people apart from namesakes (ADR 0022).

    No row is changed. Two queries.
    """
    found = list(users)
    marks = ground.marks_on(on, [user.person_id for user in found if user.person_id is not None])
    for user in found:
        user.told_apart = marks.get(user.person_id or 0, "")


def traces(person_id: int) -> list[tuple[str, str]]:
    """The account of a person, for the comparison of two records."""
    found = User.objects.filter(person_id=person_id).first()
    return [(_("Account"), found.username if found else "")]


# For so long the one who set a password is taken to know it.
OPENED = timedelta(days=30)


def was_opened_by(user: User, other: User, before: datetime) -> bool:
    """Whether somebody else has set the password of an account, made a first code for it anew, or
    made it with a password, in the days before a moment or since. Two queries.

    Whoever began with a slip has chosen the password, which the one who printed it does not know.
    """
    if user.pk == other.pk:
        return False
    lines = lines_about(subject_of(user))
    kinds = [LedgerKind.PASSWORD_SET, LedgerKind.FIRST_CODE_MADE]
    if not lines.filter(kind=LedgerKind.FIRST_PASSWORD_CHOSEN).exists():
        kinds.append(LedgerKind.CREATED)
    return lines.filter(kind__in=kinds, account=other.pk, at__gt=before - OPENED).exists()


def was_opened_since(user: User, moment: datetime) -> bool:
    """Whether anybody has set the password of an account or made a first code for it since."""
    kinds = [LedgerKind.PASSWORD_SET, LedgerKind.FIRST_CODE_MADE]
    return lines_about(subject_of(user)).filter(kind__in=kinds, at__gte=moment).exists()


def opened_between(one: User, other: User, before: datetime) -> User | None:
    """Which of two accounts the owner of the other one has opened, who could then act with both."""
    if was_opened_by(one, other, before):
        return one
    return other if was_opened_by(other, one, before) else None
