"""Who is meant by a row: by identity number, or by name and organization.

Where two people can be meant, both are named and nobody is chosen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.issues import at
from pingyi.rosters.rules.rows import ChargeRow, MemberRow, PersonCells, PostRow, Roster
from pingyi.rosters.rules.snapshot import PersonNow, Snapshot

Place = tuple[str, str]
"""Name and code of an organization."""


@dataclass(slots=True, eq=False)
class Subject:
    """A person of the file: known to the register (`now`), or new."""

    key: str
    name: str
    identity_hash: str | None
    last4: str
    sheet: str
    row: int
    organization: str
    now: PersonNow | None = None
    member: MemberRow | None = None

    @property
    def label(self) -> str:
        """What people read: 张三 (…1234)."""
        return label_of(self.name, self.last4)


def label_of(name: str, last4: str) -> str:
    """A name with the last four of the identity number, if there is one."""
    return f"{name} (…{last4})" if last4 else name


@dataclass
class People:
    """The people of a file, and how to find them."""

    roster: Roster
    now: Snapshot
    subjects: list[Subject] = field(default_factory=list)
    posts: list[tuple[PostRow, Subject]] = field(default_factory=list)
    charges: list[tuple[ChargeRow, Subject]] = field(default_factory=list)
    by_hash: dict[str, Subject] = field(default_factory=dict)
    by_place: dict[Place, list[Subject]] = field(default_factory=lambda: defaultdict(list))
    by_person: dict[int, Subject] = field(default_factory=dict)
    # New people who came in by a post, by name and organization of the post.
    by_post: dict[Place, Subject] = field(default_factory=dict)
    post_names: dict[str, dict[str, Subject]] = field(default_factory=lambda: defaultdict(dict))
    now_by_hash: dict[str, PersonNow] = field(default_factory=dict)
    now_by_place: dict[Place, list[PersonNow]] = field(default_factory=lambda: defaultdict(list))
    now_by_post: dict[Place, dict[int, PersonNow]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    now_holders: dict[str, dict[int, PersonNow]] = field(default_factory=lambda: defaultdict(dict))
    now_by_name: dict[str, list[PersonNow]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for person in self.now.people.values():
            self.now_by_name[person.name].append(person)
            if person.identity_hash:
                self.now_by_hash[person.identity_hash] = person
            if person.membership:
                self.now_by_place[person.name, person.membership.organization].append(person)
        for post in self.now.posts:
            holder = self.now.people[post.person]
            self.now_by_post[holder.name, post.organization][holder.id] = holder
            self.now_holders[holder.name][holder.id] = holder

    def find_all(self) -> None:
        """Find everybody: members first, then post holders, then those in charge."""
        usable = [row for row in self.roster.members if row.name and row.organization]
        self._refuse_same_places(usable)
        # Those with a number first, so that a namesake without one cannot take their place.
        for row in sorted(usable, key=lambda row: row.identity_hash is None):
            self._find_member(row)
        for post in self.roster.posts:
            if post.name and post.organization and (holder := self._find_holder(post)):
                self.posts.append((post, holder))
                self.post_names[post.name][holder.key] = holder
        for charge in self.roster.charges:
            if charge.name and charge.organization and (leader := self._find_leader(charge)):
                self.charges.append((charge, leader))

    def _refuse_same_places(self, rows: Sequence[MemberRow]) -> None:
        """The same name twice in one organization needs numbers to be told apart."""
        places: dict[Place, list[MemberRow]] = defaultdict(list)
        for row in rows:
            places[row.name, row.organization].append(row)
        for same in places.values():
            numbers = [row.identity_hash for row in same]
            if len(same) > 1 and None in numbers:
                for row in same[1:]:
                    self._error(
                        sheet_columns.MEMBERS,
                        row,
                        "name",
                        "namesakes",
                        row.name,
                        cell=self._cell(sheet_columns.MEMBERS, same[0].row, "name"),
                    )

    def _find_member(self, row: MemberRow) -> None:
        """The person of a row of 党员, known or new."""
        twin = self.by_hash.get(row.identity_hash) if row.identity_hash else None
        if twin is not None:
            self._error(
                sheet_columns.MEMBERS,
                row,
                "identity",
                "identity_twice",
                row.last4,
                cell=self._cell(sheet_columns.MEMBERS, twin.row, "identity"),
                name=twin.name,
            )
            return
        known = self.now_by_hash.get(row.identity_hash or "")
        if known is None:
            known = self._known_at_place(row)
        self._take(row, sheet_columns.MEMBERS, known, member=row)

    def _known_at_place(self, row: MemberRow) -> PersonNow | None:
        """The person of that name in that organization of the register, if it can be only one."""
        found = [
            person
            for person in self.now_by_place.get((row.name, row.organization), ())
            if person.id not in self.by_person
            and (row.identity_hash is None or person.identity_hash is None)
        ]
        if len(found) > 1:
            self._ambiguous(sheet_columns.MEMBERS, row, found)
        return found[0] if len(found) == 1 else None

    def _take(
        self, row: PersonCells, sheet: str, known: PersonNow | None, member: MemberRow | None = None
    ) -> Subject:
        """Enter a person of the file."""
        subject = Subject(
            key=f"p{known.id}" if known else f"{sheet}:{row.row}",
            name=row.name,
            identity_hash=row.identity_hash,
            last4=row.last4,
            sheet=sheet,
            row=row.row,
            organization=row.organization,
            now=known,
            member=member,
        )
        self.subjects.append(subject)
        if row.identity_hash:
            self.by_hash[row.identity_hash] = subject
        if known:
            self.by_person[known.id] = subject
        if member:
            self.by_place[row.name, row.organization].append(subject)
        return subject

    def _of_register(self, row: PersonCells, sheet: str, person: PersonNow) -> Subject:
        """A person of the register who has no row in 党员."""
        return self.by_person.get(person.id) or self._take(row, sheet, person)

    def _find_holder(self, row: PostRow) -> Subject | None:
        """The person of a row of 职务; new ones are leaders whose membership lies elsewhere."""
        if row.identity_hash:
            return self._by_identity(row, sheet_columns.POSTS) or self._take(
                row, sheet_columns.POSTS, None
            )
        home = row.member_of or row.organization
        found = self._at_home(row, sheet_columns.POSTS, home)
        if found is not None or self._is_ambiguous(row, home):
            return found
        if row.member_of:
            self._error(sheet_columns.POSTS, row, "member_of", "person_not_there", row.member_of)
            return None
        return self._holder_without_membership(row)

    def _holder_without_membership(self, row: PostRow) -> Subject | None:
        """Known by name and the post's organization, in the file or in the register."""
        place = (row.name, row.organization)
        if place in self.by_post:
            return self.by_post[place]
        known = list(self.now_by_post.get(place, {}).values())
        if len(known) > 1:
            self._ambiguous(sheet_columns.POSTS, row, known)
            return None
        subject = (
            self._of_register(row, sheet_columns.POSTS, known[0])
            if known
            else self._take(row, sheet_columns.POSTS, None)
        )
        self.by_post[place] = subject
        return subject

    def _find_leader(self, row: ChargeRow) -> Subject | None:
        """The person of a row of 分工: must be known by a membership or a post."""
        sheet = sheet_columns.CHARGES
        if row.identity_hash:
            found = self._by_identity(row, sheet)
            if found is None:
                self._error(sheet, row, "identity", "person_unknown", row.last4)
            return found
        if row.member_of:
            found = self._at_home(row, sheet, row.member_of)
            if found is None and not self._is_ambiguous(row, row.member_of):
                self._error(sheet, row, "member_of", "person_not_there", row.member_of)
            return found
        return self._by_name(row)

    def _by_name(self, row: ChargeRow) -> Subject | None:
        """By name alone: holders of posts first, then members; only where one can be meant."""
        sheet = sheet_columns.CHARGES
        holders = dict(self.post_names.get(row.name, {}))
        for person in self.now_holders.get(row.name, {}).values():
            known = self.by_person.get(person.id)
            holders.setdefault(f"p{person.id}", known or _seen(person, row, sheet))
        found = list(holders.values()) or self._members_named(row)
        if len(found) == 1:
            only = found[0]
            return self._of_register(row, sheet, only.now) if only.now else only
        if found:
            labels = [self._described(subject) for subject in found]
            self._error(sheet, row, "name", "ambiguous", row.name, people=labels)
        else:
            self._error(sheet, row, "name", "person_unknown", row.name)
        return None

    def _members_named(self, row: ChargeRow) -> list[Subject]:
        """Members of that name, of the file and of the register."""
        named = [subject for subject in self.subjects if subject.name == row.name]
        taken = {subject.now.id for subject in named if subject.now}
        return named + [
            _seen(person, row, sheet_columns.CHARGES)
            for person in self.now_by_name.get(row.name, ())
            if person.id not in taken and person.id not in self.by_person
        ]

    def _by_identity(self, row: PersonCells, sheet: str) -> Subject | None:
        """By number; or a member of that name and place who stands there without a number."""
        if found := self.by_hash.get(row.identity_hash or ""):
            return found
        if known := self.now_by_hash.get(row.identity_hash or ""):
            return self._of_register(row, sheet, known)
        home = getattr(row, "member_of", None) or row.organization
        same = [s for s in self.by_place.get((row.name, home), ()) if s.identity_hash is None]
        return same[0] if len(same) == 1 else None

    def _at_home(self, row: PersonCells, sheet: str, home: str) -> Subject | None:
        """The member of that name in that organization, of the file, else of the register."""
        found = self.by_place.get((row.name, home), [])
        if len(found) == 1:
            return found[0]
        if found:
            labels = [self._described(subject) for subject in found]
            self._error(sheet, row, "name", "ambiguous", row.name, people=labels)
            return None
        known = self._free(row.name, home)
        if len(known) > 1:
            self._ambiguous(sheet, row, known)
        return self._of_register(row, sheet, known[0]) if len(known) == 1 else None

    def _is_ambiguous(self, row: PersonCells, home: str) -> bool:
        """Whether more than one member can be meant (then the error is already there)."""
        in_file = self.by_place.get((row.name, home), ())
        return len(in_file) > 1 or (not in_file and len(self._free(row.name, home)) > 1)

    def _free(self, name: str, home: str) -> list[PersonNow]:
        """People of the register in that place who were not moved elsewhere by this file."""
        return [
            person
            for person in self.now_by_place.get((name, home), ())
            if (subject := self.by_person.get(person.id)) is None or subject.member is None
        ]

    def _ambiguous(self, sheet: str, row: PersonCells, found: Iterable[PersonNow]) -> None:
        """Several people of the register can be meant: name them all."""
        labels = [_label_now(person) for person in found]
        self._error(sheet, row, "name", "ambiguous", row.name, people=labels)

    def _described(self, subject: Subject) -> str:
        """A person with the place in the file."""
        return f"{subject.label} {self._cell(subject.sheet, subject.row, 'name')}"

    def _cell(self, sheet: str, row: int, key: str) -> str:
        """Sheet and cell."""
        table = self.roster.tables[sheet]
        place = table.cell(row, key) if key in table.keys else str(row)
        return f"{table.title}!{place}"

    def _error(
        self, sheet: str, row: PersonCells, key: str, code: str, value: str, **params: object
    ) -> None:
        """Note an error."""
        table = self.roster.tables[sheet]
        self.roster.errors.append(at(table, row.row, key, code, value, **params))


def _label_now(person: PersonNow) -> str:
    """A person of the register, with the organization."""
    label = label_of(person.name, person.last4)
    return f"{label} {person.membership.organization}" if person.membership else label


def _seen(person: PersonNow, row: PersonCells, sheet: str) -> Subject:
    """A person of the register as a candidate, not entered yet."""
    return Subject(
        key=f"p{person.id}",
        name=person.name,
        identity_hash=person.identity_hash,
        last4=person.last4,
        sheet=sheet,
        row=row.row,
        organization=person.membership.organization if person.membership else "",
        now=person,
    )
