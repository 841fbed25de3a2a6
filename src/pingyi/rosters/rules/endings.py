"""What a complete file leaves out ends: organizations, memberships, posts, charges of the scope."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from pingyi.organizations.rules.names import written_key
from pingyi.rosters.rules import columns
from pingyi.rosters.rules.changes import Change, fitted
from pingyi.rosters.rules.fields import Fields
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.people import People
from pingyi.rosters.rules.snapshot import OrganizationNow, Snapshot
from pingyi.rosters.rules.subjects import label_of


@dataclass
class Kept:
    """What the file confirms: codes of organizations, ids of the other rows."""

    # Listed in the file, with their place.
    listed: set[str] = field(default_factory=set)
    # Listed, or needed by a row.
    organizations: set[str] = field(default_factory=set)
    memberships: set[int] = field(default_factory=set)
    posts: set[int] = field(default_factory=set)
    charges: set[int] = field(default_factory=set)


@dataclass
class Endings:
    """Proposed endings, and rows that cannot end on that day."""

    now: Snapshot
    effective_on: date
    changes: list[Change] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)

    def add(
        self, object_id: int, label: str, before: Fields, begun: date, person: int | None = None
    ) -> None:
        """End a row, unless it begins only then: a span has at least one day."""
        if begun < self.effective_on:
            self.changes.append(
                Change(fitted(label), before=before, object_id=object_id, person=person)
            )
            return
        days = {"begun": begun.isoformat(), "effective": self.effective_on.isoformat()}
        self.errors.append(Issue("begins_later", value=label, params=days))

    def label(self, person: int) -> str:
        """Name and last four."""
        return label_of(self.now.people[person].fields)


def endings(
    now: Snapshot, kept: Kept, people: People, effective_on: date, sheets: Collection[str]
) -> Endings:
    """Everything inside the scope that is open and not confirmed, of the kinds that the file is
    about (its sheets): a list of members ends no posts. Charges before organizations."""
    found = Endings(now, effective_on)
    for sheet, rows, confirmed in (
        (columns.CHARGES, now.charges, kept.charges),
        (columns.POSTS, now.posts, kept.posts),
    ):
        for row in rows if sheet in sheets else ():
            said = row.fields
            if said.organization in now.inside and row.id not in confirmed:
                found.add(row.id, found.label(row.person), said, said.valid_from, row.person)
    if columns.MEMBERS in sheets:
        _end_memberships(now, kept, people, found)
    if columns.ORGANIZATIONS not in sheets:
        return found
    _keep_what_is_above(now, kept)
    for code, organization in sorted(now.organizations.items()):
        if code in now.inside and code != now.scope and code not in kept.organizations:
            _end_organization(organization, found)
    return found


def _end_memberships(now: Snapshot, kept: Kept, people: People, found: Endings) -> None:
    """Members whom the file does not name; a namesake elsewhere in it is pointed out."""
    new_names = {
        written_key(subject.cells.name) for subject in people.subjects if subject.now is None
    }
    for person in now.people.values():
        name, said = person.fields.name, person.fields.membership
        if said is None or said.organization not in now.inside:
            continue
        if person.membership_id in kept.memberships:
            continue
        label = found.label(person.id)
        found.add(person.membership_id, label, said, said.valid_from, person.id)
        if written_key(name) in new_names:
            issue = Issue("ends_and_namesake_begins", value=label, params={"name": name})
            found.notes.append(issue)


def _keep_what_is_above(now: Snapshot, kept: Kept) -> None:
    """What a row needs stays, and so does everything above it that is not moved by the file."""
    waiting = list(kept.organizations)
    while waiting:
        code = waiting.pop()
        known = now.organizations.get(code)
        parent = known.fields.place.parent if known else None
        if parent is None or code in kept.listed or parent in kept.organizations:
            continue
        kept.organizations.add(parent)
        waiting.append(parent)


def _end_organization(organization: OrganizationNow, found: Endings) -> None:
    """An organization that is neither listed nor needed by a row."""
    said = organization.fields
    begun = max(said.valid_from, said.place.since or said.valid_from)
    found.add(organization.id, f"{said.name} ({said.code})", said, begun)
