"""Whether the register still is what a preview saw, for the rows it would touch."""

from collections.abc import Iterable, Iterator

from pingyi.rosters.rules.changes import ADD, CHANGE, END, Change, Fields, iso
from pingyi.rosters.rules.snapshot import PersonNow, Snapshot


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
        self.by_id = {known.id: known for known in now.organizations.values()}
        self.hashes = {p.identity_hash for p in now.people.values() if p.identity_hash}
        self.places = {
            (person.name, person.membership.organization)
            for person in now.people.values()
            if person.membership
        }
        self.memberships = {p.membership.id: p for p in now.people.values() if p.membership}
        self.posts = {post.id: post for post in now.posts}
        self.held = {(p.person, p.organization, p.title) for p in now.posts}
        self.charges = {charge.id: charge for charge in now.charges}
        self.charged = {(charge.person, charge.organization) for charge in now.charges}

    def misfits(self, changes: Iterable[Change]) -> Iterator[Change]:
        """The changes that do not fit."""
        new_codes: set[str] = set()
        for change in changes:
            if change.kind == ADD:
                fits = self._addition_fits(change, new_codes)
                if change.model == "organization":
                    new_codes.add(str((change.after or {})["code"]))
            else:
                fits = self._row_is_as_before(change)
            if not fits:
                yield change

    def _addition_fits(self, change: Change, new_codes: set[str]) -> bool:
        """Whether nobody added it meanwhile, and what it belongs to is still there."""
        after = change.after or {}
        if change.model == "organization":
            parent = after["parent"]
            there = parent is None or parent in new_codes or self._is_open(str(parent))
            return there and after["code"] not in self.now.organizations
        if change.model == "person":
            return self._person_is_new(after, new_codes)
        code = str(after["organization"])
        if code not in new_codes and not self._is_open(code):
            return False
        key = str(after["person"])
        if not key.startswith("p") or not key[1:].isdigit():
            return True
        person = self.now.people.get(int(key[1:]))
        if person is None:
            return False
        if change.model == "membership":
            return person.membership is None
        if change.model == "post":
            return (person.id, code, str(after["title"])) not in self.held
        return (person.id, code) not in self.charged

    def _person_is_new(self, after: Fields, new_codes: set[str]) -> bool:
        """Whether nobody has the number, or the name in the same organization."""
        membership = after["membership"]
        if isinstance(membership, dict):
            code = membership["organization"]
            if code not in new_codes and not self._is_open(code):
                return False
            if after["identity_hash"] is None and (after["name"], code) in self.places:
                return False
        return after["identity_hash"] not in self.hashes

    def says_as_written(self, change: Change) -> bool:
        """Whether the row still says what the import wrote. Endings: nothing new has begun."""
        if change.kind == END:
            return self._nothing_new(change)
        if change.model == "membership" and change.kind == CHANGE:
            person = self.now.people.get(int(str((change.before or {})["person"])))
            current = None if person is None else _membership_fields(person)
        else:
            current = self._current(change)
        after = dict(change.after or {})
        membership = after.pop("membership", None)
        stated = {key: value for key, value in after.items() if key not in ("key", "person")}
        if current is None or any(current.get(key) != value for key, value in stated.items()):
            return False
        if change.model == "person" and change.kind == ADD:
            person = self.now.people[change.object_id or 0]
            return _membership_fields(person) == (membership or {})
        return True

    def _nothing_new(self, change: Change) -> bool:
        """Whether what ended could be open again beside what is open now."""
        before = change.before or {}
        if change.model == "membership":
            person = self.now.people.get(int(str(before["person"])))
            return person is None or person.membership is None
        return True

    def _is_open(self, code: str) -> bool:
        """Whether there is such an organization now."""
        known = self.now.organizations.get(code)
        return known is not None and not known.ended

    def _row_is_as_before(self, change: Change) -> bool:
        """Whether the row still says what the preview saw."""
        current = self._current(change)
        before = change.before or {}
        return current is not None and all(
            current.get(key) == value for key, value in before.items()
        )

    def _current(self, change: Change) -> Fields | None:
        """The fields of a row as they are now; None where it is not open any more."""
        id_ = change.object_id or 0
        match change.model:
            case "organization" | "affiliation":
                return self._organization(id_)
            case "person":
                return _person(self.now.people.get(id_))
            case "membership":
                return self._membership(id_)
            case "post":
                post = self.posts.get(id_)
                if post is None:
                    return None
                return {
                    "organization": post.organization,
                    "title": post.title,
                    "category": post.category,
                    "valid_from": iso(post.valid_from),
                }
            case _:
                charge = self.charges.get(id_)
                if charge is None:
                    return None
                return {
                    "organization": charge.organization,
                    "valid_from": iso(charge.valid_from),
                }

    def _organization(self, id_: int) -> Fields | None:
        known = self.by_id.get(id_)
        if known is None or known.ended:
            return None
        return {
            "code": known.code,
            "name": known.name,
            "kind": known.kind,
            "level": known.level,
            "sector": known.sector,
            "valid_from": iso(known.valid_from),
            "parent": known.parent,
            "since": iso(known.affiliated_from),
        }

    def _membership(self, id_: int) -> Fields | None:
        person = self.memberships.get(id_)
        if person is None or person.membership is None:
            return None
        return {"person": person.id, **_membership_fields(person)}


def _membership_fields(person: PersonNow) -> Fields:
    """The fields of the open membership of a person; none without one."""
    if person.membership is None:
        return {}
    return {
        "organization": person.membership.organization,
        "standing": person.membership.standing,
        "valid_from": iso(person.membership.valid_from),
    }


def _person(person: PersonNow | None) -> Fields | None:
    """The fields of a person."""
    if person is None:
        return None
    return {
        "name": person.name,
        "identity_hash": person.identity_hash,
        "identity_last4": person.last4,
        "gender": person.gender,
        "born_on": iso(person.born_on),
    }
