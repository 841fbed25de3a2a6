"""What the register holds, as a roster: corrected in a spreadsheet it is imported again, and where
nothing was corrected nothing changes."""

from collections.abc import Iterator
from datetime import date

from pingyi.documents.entry_workbooks import EntryBook, EntryCell
from pingyi.organizations.models import Organization
from pingyi.organizations.queries import identity_key
from pingyi.rosters.exports.template import roster_book
from pingyi.rosters.queries.snapshot import names, scope_snapshot
from pingyi.rosters.rules import columns
from pingyi.rosters.rules.columns import written
from pingyi.rosters.rules.fields import PersonFields
from pingyi.rosters.rules.numbers import masked, person_number
from pingyi.rosters.rules.snapshot import PersonNow, Snapshot

Row = tuple[EntryCell, ...]


def register_book(scope: Organization, on: date) -> EntryBook:
    """Organization and below, as it is open: all that an import into it compares."""
    now = scope_snapshot(scope, on)
    known = names()
    sectors = {code: name for name, code in known.sectors.items()}
    categories = {code: name for name, code in known.categories.items()}
    rows = _Rows(now, on, sectors, categories, identity_key())
    return roster_book(
        {
            columns.ORGANIZATIONS: rows.organizations(),
            columns.MEMBERS: rows.members(),
            columns.POSTS: rows.posts(),
            columns.CHARGES: rows.charges(),
        }
    )


class _Rows:
    """The rows of each sheet, in the order of its columns."""

    def __init__(
        self,
        now: Snapshot,
        on: date,
        sectors: dict[str, str],
        categories: dict[str, str],
        key: str,
    ) -> None:
        self.now = now
        self.on = on
        self.sectors = sectors
        self.categories = categories
        self.key = key

    def organizations(self) -> Iterator[Row]:
        """The open ones, by their codes."""
        for code in sorted(self.now.inside):
            said = self.now.organizations[code].fields
            above = said.place.parent if code != self.now.scope else None
            yield (
                code,
                said.name,
                written("organization_kind", said.kind),
                written("level", said.level),
                self.sectors.get(said.sector or ""),
                above,
                said.valid_from,
            )

    def members(self) -> Iterator[Row]:
        """Those of each organization together, as they came into the register."""
        members = [
            (said.membership.organization, person.id, person)
            for person in self.now.people.values()
            if (said := person.fields).membership
            and said.membership.organization in self.now.inside
        ]
        for organization, _, person in sorted(members, key=lambda member: member[:2]):
            said = person.fields
            standing = said.membership.standing if said.membership else ""
            yield (
                said.name,
                masked(said.identity_last4),
                written("gender", said.gender) if said.gender else None,
                said.born_on,
                organization,
                written("standing", standing),
                said.joined_on,
                self._since(person),
                person_number(person.id, key=self.key),
            )

    def _since(self, person: PersonNow) -> date | None:
        """Since when a member is there; a day that is still to come is none yet."""
        return person.here_since if person.here_since and person.here_since <= self.on else None

    def posts(self) -> Iterator[Row]:
        """The open ones, by organization."""
        for post in sorted(self.now.posts, key=lambda post: (post.fields.organization, post.id)):
            person, said = self.now.people[post.person], post.fields
            yield (
                person.fields.name,
                masked(person.fields.identity_last4),
                said.organization,
                said.title,
                self.categories.get(said.category or ""),
                said.valid_from,
                self._home(person.fields, said.organization),
                person_number(person.id, key=self.key),
            )

    def charges(self) -> Iterator[Row]:
        """The open ones, by organization."""
        charges = self.now.charges
        for charge in sorted(charges, key=lambda row: (row.fields.organization, row.id)):
            person, said = self.now.people[charge.person], charge.fields
            yield (
                person.fields.name,
                masked(person.fields.identity_last4),
                said.organization,
                said.valid_from,
                self._home(person.fields, said.organization),
                person_number(person.id, key=self.key),
            )

    def _home(self, person: PersonFields, place: str) -> str | None:
        """Where somebody is a member, if that is another organization of the same list."""
        home = person.membership.organization if person.membership else place
        return home if home != place and home in self.now.inside else None
