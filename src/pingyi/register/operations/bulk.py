"""Writing a whole register at once: the same promises as the single deeds, checked in bulk."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import role_text
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import Gender, Level, OrganizationKind, Standing
from pingyi.organizations.models import (
    Affiliation,
    Charge,
    Membership,
    Organization,
    Person,
    Post,
    PostCategory,
    Sector,
)
from pingyi.organizations.rules.identity import identity_of
from pingyi.organizations.rules.initials import initials_of
from pingyi.organizations.rules.spans import Span
from pingyi.organizations.rules.tree import Edge
from pingyi.register import permissions
from pingyi.register.rules.batch import (
    Batch,
    BatchFault,
    Fault,
    Known,
    NewCharge,
    NewMembership,
    NewOrganization,
    NewPerson,
    NewPost,
    faults_of,
)

if TYPE_CHECKING:
    from pingyi.accounts.models import User

BATCH_SIZE = 2_000
SHOWN_FAULTS = 50


@dataclass(frozen=True)
class Registered:
    """What was written: organizations by code, people by their key in the batch."""

    organizations: dict[str, Organization]
    people: dict[str, Person]


@transaction.atomic
def bulk_register(
    *,
    by: "User | None",
    now: datetime,
    organizations: Sequence[NewOrganization] = (),
    people: Sequence[NewPerson] = (),
    memberships: Sequence[NewMembership] = (),
    posts: Sequence[NewPost] = (),
    charges: Sequence[NewCharge] = (),
) -> Registered:
    """Write many rows at once (tens of thousands in seconds) with one ledger line.

    Organizations are named by code and may be in the register already; people are new and named
    by a key of the batch. Refuses the whole batch with all its faults, or writes all of it.
    """
    batch = Batch(organizations, people, memberships, posts, charges)
    known = _known()
    _refuse_outside(batch, by, now)
    faults = faults_of(batch, known)
    if faults:
        raise Refusal(
            _("Nothing was written: {n} entries are wrong.").format(n=len(faults)),
            code="batch_wrong",
            details=[_fault_sentence(fault) for fault in faults[:SHOWN_FAULTS]],
        )
    written = Registered(_write_organizations(batch), _write_people(batch))
    _write_ties(batch, written)
    ledger.append(
        kind="register.batch",
        subject="register",
        body={
            "organizations": len(organizations),
            "people": len(people),
            "memberships": len(memberships),
            "posts": len(posts),
            "charges": len(charges),
            "sha256": _content_hash(batch),
        },
        actor_role=role_text(by),
        now=now,
    )
    return written


def _known() -> Known:
    """What the register holds now. The tree is small beside the people; four queries."""
    rows = Organization.objects.values_list("pk", "code", "valid_from", "valid_to")
    codes = {pk: code for pk, code, *_rest in rows}
    return Known(
        organizations={code: Span(begin, end) for _pk, code, begin, end in rows},
        sectors=set(Sector.objects.values_list("code", flat=True)),
        categories=set(PostCategory.objects.values_list("code", flat=True)),
        kinds=OrganizationKind.values,
        levels=Level.values,
        standings=Standing.values,
        genders=Gender.values,
        edges=[Edge(codes[e.child], codes[e.parent], e.span) for e in ground.formal_edges()],
    )


def _refuse_outside(batch: Batch, by: "User | None", now: datetime) -> None:
    """An actor writes only below organizations that they edit."""
    if by is None:
        return
    refuse(permissions.why_not_edit_register(by))
    new = {row.code for row in batch.organizations}
    if any(row.parent is None for row in batch.organizations):
        refuse(permissions.why_not_create_organization(by, None, now))
    named = {row.parent for row in batch.organizations}
    named |= {
        row.organization for rows in (batch.memberships, batch.posts, batch.charges) for row in rows
    }
    for organization in Organization.objects.filter(code__in=named - new - {None}):
        refuse(permissions.why_not_edit_organization(by, organization, now))


def _write_organizations(batch: Batch) -> dict[str, Organization]:
    """Organizations with their formal affiliations; those of the register that are named, too."""
    made = Organization.objects.bulk_create(
        [
            Organization(
                code=row.code,
                name=row.name.strip(),
                initials=initials_of(row.name),
                kind=row.kind,
                level=row.level,
                sector_id=row.sector,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in batch.organizations
        ],
        batch_size=BATCH_SIZE,
    )
    by_code = {row.code: row for row in made}
    named = {row.parent for row in batch.organizations if row.parent}
    named |= {
        row.organization for rows in (batch.memberships, batch.posts, batch.charges) for row in rows
    }
    missing = sorted(named - by_code.keys())
    by_code |= {row.code: row for row in Organization.objects.filter(code__in=missing)}
    Affiliation.objects.bulk_create(
        [
            Affiliation(
                organization=by_code[row.code],
                parent=by_code[row.parent],
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in batch.organizations
            if row.parent
        ],
        batch_size=BATCH_SIZE,
    )
    return by_code


def _write_people(batch: Batch) -> dict[str, Person]:
    """People by their key; refuses identity numbers that the register knows."""
    rows = []
    for row in batch.people:
        person = Person(
            name=row.name.strip(),
            initials=initials_of(row.name),
            gender=row.gender,
            born_on=row.born_on,
        )
        if row.identity:
            identity = identity_of(row.identity, key=settings.IDENTITY_KEY)
            person.identity_hash, person.identity_last4 = identity.hash, identity.last4
        rows.append(person)
    taken = _taken_identities([row.identity_hash for row in rows if row.identity_hash])
    if taken:
        raise Refusal(
            _("Nothing was written: people with these identity numbers are registered already."),
            code="identity_taken",
            details=taken,
        )
    made = Person.objects.bulk_create(rows, batch_size=BATCH_SIZE)
    return {row.key: person for row, person in zip(batch.people, made, strict=True)}


def _taken_identities(hashes: Sequence[str]) -> list[str]:
    """Names of people of the register who have one of the identity numbers."""
    taken: list[str] = []
    for start in range(0, len(hashes), BATCH_SIZE):
        part = hashes[start : start + BATCH_SIZE]
        taken += Person.objects.filter(identity_hash__in=part).values_list("name", flat=True)
    return taken


def _write_ties(batch: Batch, written: Registered) -> None:
    """Memberships, posts and charges."""
    organizations, people = written.organizations, written.people
    Membership.objects.bulk_create(
        [
            Membership(
                person=people[row.person],
                organization=organizations[row.organization],
                standing=row.standing,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in batch.memberships
        ],
        batch_size=BATCH_SIZE,
    )
    Post.objects.bulk_create(
        [
            Post(
                person=people[row.person],
                organization=organizations[row.organization],
                title=row.title.strip(),
                category_id=row.category,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in batch.posts
        ],
        batch_size=BATCH_SIZE,
    )
    Charge.objects.bulk_create(
        [
            Charge(
                person=people[row.person],
                organization=organizations[row.organization],
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in batch.charges
        ],
        batch_size=BATCH_SIZE,
    )


def _content_hash(batch: Batch) -> str:
    """SHA-256 over all rows, without identity numbers (those stay out of everything)."""
    digest = sha256()
    for part in fields(batch):
        for row in getattr(batch, part.name):
            said = [
                getattr(row, column.name) for column in fields(row) if column.name != "identity"
            ]
            digest.update(json.dumps([part.name, *said], default=date.isoformat).encode())
    return digest.hexdigest()


def _fault_sentence(fault: Fault) -> str:
    """A fault in words."""
    return f"{fault.about}: {fault_words(fault.fault)}"


def fault_words(fault: BatchFault) -> str:
    """What is wrong, for the person at the screen."""
    return {
        BatchFault.CODE_TAKEN: _("This code is taken."),
        BatchFault.EMPTY_NAME: _("Code, name or title is empty."),
        BatchFault.UNKNOWN_KIND: _("There is no such kind of organization."),
        BatchFault.UNKNOWN_LEVEL: _("There is no such level."),
        BatchFault.UNKNOWN_SECTOR: _("There is no such sector."),
        BatchFault.UNKNOWN_PARENT: _("The organization above is not in the register."),
        BatchFault.ENDS_FIRST: _("The end must come after the beginning."),
        BatchFault.CIRCLE: _("These organizations would stand above themselves."),
        BatchFault.PERSON_TWICE: _("The person is named twice."),
        BatchFault.IDENTITY_WRONG: _("The identity number is wrong."),
        BatchFault.IDENTITY_TWICE: _("Two people have the same identity number."),
        BatchFault.UNKNOWN_GENDER: _("There is no such gender."),
        BatchFault.UNKNOWN_PERSON: _("This person is not among the people."),
        BatchFault.UNKNOWN_ORGANIZATION: _("This organization is not in the register."),
        BatchFault.OUTSIDE_SPAN: _("The organization does not exist on all of these days."),
        BatchFault.UNKNOWN_STANDING: _("There is no such standing."),
        BatchFault.UNKNOWN_CATEGORY: _("There is no such leader category."),
        BatchFault.MEMBER_TWICE: _("The person is a member twice on one day."),
        BatchFault.POST_TWICE: _("The person holds the same post twice on one day."),
        BatchFault.CHARGE_TWICE: _("The person has the same charge twice on one day."),
    }[fault]
