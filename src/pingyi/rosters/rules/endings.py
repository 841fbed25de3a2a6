"""What a complete file leaves out ends: organizations, memberships, posts, charges of the scope."""

from dataclasses import dataclass, field
from datetime import date

from pingyi.rosters.rules.changes import END, Change, Fields, fitted, iso
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.people import People, label_of
from pingyi.rosters.rules.snapshot import OrganizationNow, Snapshot


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

    effective_on: date
    changes: list[Change] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)

    def add(self, model: str, object_id: int, label: str, begun: date, before: Fields) -> None:
        """End a row, unless it begins only then: a span has at least one day."""
        if begun >= self.effective_on:
            params = {"model": model, "begun": iso(begun), "effective": iso(self.effective_on)}
            self.errors.append(Issue("begins_later", value=label, params=params))
            return
        self.changes.append(
            Change(END, model, fitted(label), object_id=object_id, before=before, after=None)
        )


def endings(now: Snapshot, kept: Kept, people: People, effective_on: date) -> Endings:
    """Everything inside the scope that is open and not confirmed; charges before organizations."""
    found = Endings(effective_on)
    for charge in now.charges:
        if charge.organization in now.inside and charge.id not in kept.charges:
            found.add(
                "charge",
                charge.id,
                _label(now, charge.person),
                charge.valid_from,
                {"organization": charge.organization, "valid_from": iso(charge.valid_from)},
            )
    for post in now.posts:
        if post.organization in now.inside and post.id not in kept.posts:
            found.add(
                "post",
                post.id,
                _label(now, post.person),
                post.valid_from,
                {
                    "organization": post.organization,
                    "title": post.title,
                    "valid_from": iso(post.valid_from),
                },
            )
    _end_memberships(now, kept, people, found)
    _keep_what_is_above(now, kept)
    for organization in sorted(now.organizations.values(), key=lambda known: known.code):
        if organization.code in now.inside and organization.code != now.scope:
            _end_organization(organization, kept, found)
    return found


def _end_memberships(now: Snapshot, kept: Kept, people: People, found: Endings) -> None:
    """Members whom the file does not name; a namesake elsewhere in it is pointed out."""
    new_names = {subject.name for subject in people.subjects if subject.now is None}
    for person in now.people.values():
        membership = person.membership
        if membership is None or membership.organization not in now.inside:
            continue
        if membership.id in kept.memberships:
            continue
        label = _label(now, person.id)
        found.add(
            "membership",
            membership.id,
            label,
            membership.valid_from,
            {
                "person": person.id,
                "organization": membership.organization,
                "standing": membership.standing,
                "valid_from": iso(membership.valid_from),
            },
        )
        if person.name in new_names:
            found.notes.append(
                Issue("ends_and_namesake_begins", value=label, params={"name": person.name})
            )


def _keep_what_is_above(now: Snapshot, kept: Kept) -> None:
    """What a row needs stays, and so does everything above it that is not moved by the file."""
    waiting = list(kept.organizations)
    while waiting:
        known = now.organizations.get(waiting.pop())
        if known is None or known.parent is None or known.code in kept.listed:
            continue
        if known.parent not in kept.organizations:
            kept.organizations.add(known.parent)
            waiting.append(known.parent)


def _end_organization(organization: OrganizationNow, kept: Kept, found: Endings) -> None:
    """An organization that is neither listed nor needed by a row."""
    if organization.code in kept.organizations:
        return
    found.add(
        "organization",
        organization.id,
        f"{organization.name} ({organization.code})",
        max(organization.valid_from, organization.affiliated_from or organization.valid_from),
        {"code": organization.code, "valid_from": iso(organization.valid_from)},
    )


def _label(now: Snapshot, person: int) -> str:
    """Name and last four."""
    return label_of(now.people[person].name, now.people[person].last4)
