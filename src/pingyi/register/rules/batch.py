"""A batch of register rows and everything that is wrong with it, found before anything is written.

Organizations are named by code, people by a key of the batch. What is in the register already is
given as `Known`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pingyi.organizations.rules.identity import fault_of, normalize
from pingyi.organizations.rules.spans import Span, first_overlap
from pingyi.organizations.rules.tree import Edge, first_cycle


@dataclass(frozen=True, slots=True)
class NewOrganization:
    """An organization to come, with its formal parent (a code) unless it is the top."""

    code: str
    name: str
    kind: str
    level: str
    valid_from: date
    parent: str | None = None
    sector: str | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to come; `key` names them inside the batch."""

    key: str
    name: str
    identity: str = ""
    gender: str = ""
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewMembership:
    """A membership to come."""

    person: str
    organization: str
    valid_from: date
    standing: str = "full"
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to come; `category` is a code of annex 1 or None."""

    person: str
    organization: str
    title: str
    valid_from: date
    category: str | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewCharge:
    """A charge to come."""

    person: str
    organization: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be written together."""

    organizations: Sequence[NewOrganization] = ()
    people: Sequence[NewPerson] = ()
    memberships: Sequence[NewMembership] = ()
    posts: Sequence[NewPost] = ()
    charges: Sequence[NewCharge] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the register holds and allows: spans by organization code, codes that may be used."""

    organizations: Mapping[str, Span]
    sectors: Collection[str]
    categories: Collection[str]
    kinds: Collection[str]
    levels: Collection[str]
    standings: Collection[str]
    genders: Collection[str]
    edges: Sequence[Edge[str]] = field(default=())


class BatchFault(StrEnum):
    """What can be wrong with a row of a batch."""

    CODE_TAKEN = "code_taken"
    EMPTY_NAME = "empty_name"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_SECTOR = "unknown_sector"
    UNKNOWN_PARENT = "unknown_parent"
    ENDS_FIRST = "ends_first"
    CIRCLE = "circle"
    PERSON_TWICE = "person_twice"
    IDENTITY_WRONG = "identity_wrong"
    IDENTITY_TWICE = "identity_twice"
    UNKNOWN_GENDER = "unknown_gender"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_ORGANIZATION = "unknown_organization"
    OUTSIDE_SPAN = "outside_span"
    UNKNOWN_STANDING = "unknown_standing"
    UNKNOWN_CATEGORY = "unknown_category"
    MEMBER_TWICE = "member_twice"
    POST_TWICE = "post_twice"
    CHARGE_TWICE = "charge_twice"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault with the name of what it is about (a code, a person's key)."""

    fault: BatchFault
    about: str


def faults_of(batch: Batch, known: Known) -> list[Fault]:
    """Everything that is wrong with the batch; an empty list where it can be written."""
    spans = {row.code: Span(row.valid_from, row.valid_to) for row in batch.organizations}
    spans |= known.organizations
    people = {row.key for row in batch.people}
    return [
        *_organization_faults(batch.organizations, spans, known),
        *_person_faults(batch.people, known),
        *_tie_faults(batch.memberships, people, spans),
        *_tie_faults(batch.posts, people, spans),
        *_tie_faults(batch.charges, people, spans),
        *_choice_faults(batch, known),
        *_overlap_faults(batch),
    ]


def _organization_faults(
    rows: Sequence[NewOrganization], spans: Mapping[str, Span], known: Known
) -> Iterator[Fault]:
    counts = Counter(row.code for row in rows)
    for row in rows:
        if counts[row.code] > 1 or row.code in known.organizations:
            yield Fault(BatchFault.CODE_TAKEN, row.code)
        if not row.code.strip() or not row.name.strip():
            yield Fault(BatchFault.EMPTY_NAME, row.code)
        if row.kind not in known.kinds:
            yield Fault(BatchFault.UNKNOWN_KIND, row.code)
        if row.level not in known.levels:
            yield Fault(BatchFault.UNKNOWN_LEVEL, row.code)
        if row.sector is not None and row.sector not in known.sectors:
            yield Fault(BatchFault.UNKNOWN_SECTOR, row.code)
        yield from _placing_faults(row, spans)
    new = [
        Edge(row.code, row.parent, Span(row.valid_from, row.valid_to)) for row in rows if row.parent
    ]
    circle = first_cycle([*known.edges, *new])
    if circle is not None:
        yield Fault(BatchFault.CIRCLE, ", ".join(circle[1]))


def _placing_faults(row: NewOrganization, spans: Mapping[str, Span]) -> Iterator[Fault]:
    span = Span(row.valid_from, row.valid_to)
    if not span.is_sound():
        yield Fault(BatchFault.ENDS_FIRST, row.code)
    if row.parent is None:
        return
    if row.parent not in spans:
        yield Fault(BatchFault.UNKNOWN_PARENT, row.code)
    elif not spans[row.parent].contains(span):
        yield Fault(BatchFault.OUTSIDE_SPAN, row.code)


def _person_faults(rows: Sequence[NewPerson], known: Known) -> Iterator[Fault]:
    keys = Counter(row.key for row in rows)
    numbers = Counter(normalize(row.identity) for row in rows if row.identity)
    for row in rows:
        if keys[row.key] > 1:
            yield Fault(BatchFault.PERSON_TWICE, row.key)
        if not row.name.strip():
            yield Fault(BatchFault.EMPTY_NAME, row.key)
        if row.gender and row.gender not in known.genders:
            yield Fault(BatchFault.UNKNOWN_GENDER, row.key)
        if row.identity and fault_of(row.identity) is not None:
            yield Fault(BatchFault.IDENTITY_WRONG, row.key)
        if row.identity and numbers[normalize(row.identity)] > 1:
            yield Fault(BatchFault.IDENTITY_TWICE, row.key)


def _tie_faults(
    rows: Iterable[NewMembership | NewPost | NewCharge],
    people: Collection[str],
    spans: Mapping[str, Span],
) -> Iterator[Fault]:
    for row in rows:
        span = Span(row.valid_from, row.valid_to)
        if row.person not in people:
            yield Fault(BatchFault.UNKNOWN_PERSON, row.person)
        if not span.is_sound():
            yield Fault(BatchFault.ENDS_FIRST, row.person)
        if row.organization not in spans:
            yield Fault(BatchFault.UNKNOWN_ORGANIZATION, row.organization)
        elif not spans[row.organization].contains(span):
            yield Fault(BatchFault.OUTSIDE_SPAN, row.person)


def _choice_faults(batch: Batch, known: Known) -> Iterator[Fault]:
    for membership in batch.memberships:
        if membership.standing not in known.standings:
            yield Fault(BatchFault.UNKNOWN_STANDING, membership.person)
    for post in batch.posts:
        if not post.title.strip():
            yield Fault(BatchFault.EMPTY_NAME, post.person)
        if post.category is not None and post.category not in known.categories:
            yield Fault(BatchFault.UNKNOWN_CATEGORY, post.person)


def _overlap_faults(batch: Batch) -> Iterator[Fault]:
    memberships = ((row.person, row) for row in batch.memberships)
    yield from _overlaps(memberships, BatchFault.MEMBER_TWICE)
    posts = (((row.person, row.organization, row.title), row) for row in batch.posts)
    yield from _overlaps(posts, BatchFault.POST_TWICE)
    charges = (((row.person, row.organization), row) for row in batch.charges)
    yield from _overlaps(charges, BatchFault.CHARGE_TWICE)


def _overlaps(
    rows: Iterable[tuple[object, NewMembership | NewPost | NewCharge]], fault: BatchFault
) -> Iterator[Fault]:
    """One fault for each person who has two rows of one kind on one day."""
    spans: dict[object, tuple[str, list[Span]]] = {}
    for key, row in rows:
        spans.setdefault(key, (row.person, []))[1].append(Span(row.valid_from, row.valid_to))
    for person, held in spans.values():
        if len(held) > 1 and first_overlap(held) is not None:
            yield Fault(fault, person)
