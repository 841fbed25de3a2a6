"""Whether the register still is what a preview saw, for the rows it would touch."""

from collections.abc import Iterable, Iterator

from pingyi.organizations.rules.names import name_key
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.fields import (
    AffiliationFields,
    ChargeFields,
    Fields,
    MembershipFields,
    OrganizationFields,
    PersonFields,
    PostFields,
)
from pingyi.rosters.rules.snapshot import Snapshot


def stale_changes(changes: Iterable[Change], now: Snapshot) -> list[Change]:
    """Changes that no longer fit: their row was changed, ended, or taken by somebody else."""
    return list(_Register(now).misfits(changes))


def later_changes(changes: Iterable[Change], now: Snapshot) -> list[Change]:
    """Changes of an applied import whose rows say something else by now: not to be undone."""
    register = _Register(now)
    return [change for change in changes if not register.says_as_written(change)]


class _Register:
    """The snapshot, by what changes name."""

    def __init__(self, now: Snapshot) -> None:
        self.now = now
        self.rows: dict[tuple[str, int], Fields] = {}
        for known in now.organizations.values():
            if not known.ended:
                self.rows[OrganizationFields.model, known.id] = known.fields
                self.rows[AffiliationFields.model, known.id] = known.fields.place
        for person in now.people.values():
            self.rows[PersonFields.model, person.id] = person.fields
            if person.fields.membership:
                self.rows[MembershipFields.model, person.membership_id] = person.fields.membership
        for post in now.posts:
            self.rows[PostFields.model, post.id] = post.fields
        for charge in now.charges:
            self.rows[ChargeFields.model, charge.id] = charge.fields
        people = [person.fields for person in now.people.values()]
        self.hashes = {person.identity_hash for person in people if person.identity_hash}
        self.places = {
            (name_key(person.name), person.membership.organization)
            for person in people
            if person.membership
        }
        self.members = {person.id for person in now.people.values() if person.fields.membership}
        self.held = {(p.person, p.fields.organization, p.fields.title) for p in now.posts}
        self.charged = {(charge.person, charge.fields.organization) for charge in now.charges}
        # Codes that the changes themselves add.
        self.new_codes: set[str] = set()

    def misfits(self, changes: Iterable[Change]) -> Iterator[Change]:
        """The changes that do not fit."""
        for change in changes:
            if change.before is not None:
                current = self.rows.get((change.model, change.object_id))
                fits = _agree(current, change.before, change.concerned)
            else:
                fits = self._addition_fits(change)
            if not fits:
                yield change

    def _addition_fits(self, change: Change) -> bool:
        """Whether nobody added it meanwhile, and what it belongs to is still there."""
        match change.after:
            case OrganizationFields(code=code, place=place):
                self.new_codes.add(code)
                there = place.parent is None or self._is_open(place.parent)
                return there and code not in self.now.organizations
            case PersonFields() as said:
                return self._person_is_new(said)
            case MembershipFields(organization=code):
                return self._has_place(change, code) and change.person not in self.members
            case PostFields(organization=code, title=title):
                held = (change.person, code, title) in self.held
                return self._has_place(change, code) and not held
            case ChargeFields(organization=code):
                charged = (change.person, code) in self.charged
                return self._has_place(change, code) and not charged
        return False

    def _has_place(self, change: Change, code: str) -> bool:
        """Whether the organization is there, and the person is new or still there."""
        known = not isinstance(change.person, int) or change.person in self.now.people
        return known and self._is_open(code)

    def _person_is_new(self, said: PersonFields) -> bool:
        """Whether nobody has the number, or the name in the same organization."""
        if said.membership:
            code = said.membership.organization
            if not self._is_open(code):
                return False
            if said.identity_hash is None and (name_key(said.name), code) in self.places:
                return False
        return said.identity_hash not in self.hashes

    def says_as_written(self, change: Change) -> bool:
        """Whether the row still says what the import wrote. Endings: nothing new has begun."""
        person = self.now.people.get(change.person) if isinstance(change.person, int) else None
        if isinstance(change.person, int) and person is None:
            return False  # merged into another record since
        member = person.fields.membership if person else None
        if change.after is None:
            return change.model != MembershipFields.model or member is None
        current = self.rows.get((change.model, change.object_id))
        if change.before is not None and change.model == MembershipFields.model:
            # Another row may have followed.
            current = member
        return _agree(current, change.after, change.concerned)

    def _is_open(self, code: str) -> bool:
        """Whether there is such an organization now, or will be."""
        known = self.now.organizations.get(code)
        return code in self.new_codes or (known is not None and not known.ended)


def _agree(current: Fields | None, said: Fields, names: Iterable[str]) -> bool:
    """Whether a row is there and says the same in these fields."""
    return current is not None and all(
        getattr(current, name) == getattr(said, name) for name in names
    )
