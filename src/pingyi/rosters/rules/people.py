"""Who is meant by a row: by identity number, or by name and organization.

Where two people can be meant, both are named and nobody is chosen.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pingyi.organizations.rules.names import name_key
from pingyi.rosters.enums import Answer
from pingyi.rosters.rules.fields import NewPerson, PersonFields, PersonRef
from pingyi.rosters.rules.rows import ChargeRow, MemberRow, PersonCells, PostRow, Roster
from pingyi.rosters.rules.snapshot import PersonNow, Snapshot
from pingyi.rosters.rules.values import Param

SPLIT = "|"
Place = tuple[str, str]
"""Key of a name and code of an organization."""


@dataclass(slots=True, eq=False)
class Subject:
    """A person of the file, by the row that names them first; in the register (`now`), or new."""

    cells: PersonCells
    sheet: str
    now: PersonNow | None = None
    member: MemberRow | None = None

    @property
    def ref(self) -> PersonRef:
        """How the changes name the person."""
        return self.now.id if self.now else NewPerson(self.sheet, self.cells.row)

    @property
    def label(self) -> str:
        """What people read: 张三 (…1234)."""
        return labelled(self.cells.name, self.cells.last4)


Candidate = Subject | PersonNow
"""Who can be meant by a row."""


def labelled(name: str, last4: str) -> str:
    """A name with the last four of the identity number, if there is one."""
    return f"{name} (…{last4})" if last4 else name


def label_of(person: PersonFields) -> str:
    """A person of the register."""
    return labelled(person.name, person.identity_last4)


def question_of(row: MemberRow, person: int) -> str:
    """Under which an answer about a near name is kept: names and codes have no such sign."""
    return SPLIT.join((row.name_key, row.organization, str(person)))


@dataclass
class People:
    """The people of a file, and how to find them."""

    roster: Roster
    now: Snapshot
    subjects: list[Subject] = field(default_factory=list)
    posts: list[tuple[PostRow, Subject]] = field(default_factory=list)
    charges: list[tuple[ChargeRow, Subject]] = field(default_factory=list)
    # Nobody stands under None: a row without a number finds nobody by it.
    by_hash: dict[str | None, Subject] = field(default_factory=dict)
    by_place: dict[Place, list[Subject]] = field(default_factory=lambda: defaultdict(list))
    by_person: dict[int, Subject] = field(default_factory=dict)
    # New people who came in by a post, by name and organization of the post.
    by_post: dict[Place, Subject] = field(default_factory=dict)
    holders: dict[str, list[Subject]] = field(default_factory=lambda: defaultdict(list))
    now_by_hash: dict[str | None, PersonNow] = field(default_factory=dict)
    now_by_place: dict[Place, list[PersonNow]] = field(default_factory=lambda: defaultdict(list))
    now_by_post: dict[Place, dict[int, PersonNow]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    now_holders: dict[str, dict[int, PersonNow]] = field(default_factory=lambda: defaultdict(dict))
    now_by_name: dict[str, list[PersonNow]] = field(default_factory=lambda: defaultdict(list))
    now_by_answer: dict[Place, list[PersonNow]] = field(default_factory=lambda: defaultdict(list))
    # Whose names stay as the register writes them, although the file has a near one.
    keep_names: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for person in self.now.people.values():
            said = person.fields
            for number in (*person.other_numbers, said.identity_hash):
                if number:
                    self.now_by_hash[number] = person
            for key in person.other_names | {name_key(said.name)}:
                self.now_by_name[key].append(person)
                if said.membership:
                    self.now_by_place[key, said.membership.organization].append(person)
        for post in self.now.posts:
            holder = self.now.people[post.person]
            for key in holder.other_names | {name_key(holder.fields.name)}:
                self.now_by_post[key, post.fields.organization][holder.id] = holder
                self.now_holders[key][holder.id] = holder

        for key in self.roster.answers:
            name, place, id_ = key.rsplit(SPLIT, 2)
            if (known := self.now.people.get(int(id_))) is not None:
                self.now_by_answer[name, place].append(known)

    def find_all(self) -> None:
        """Find everybody: members first, then post holders, then those in charge."""
        usable = [row for row in self.roster.members if row.name and row.organization]
        self._refuse_same_places(usable)
        # Those with a number first, so that a namesake without one cannot take their place; of two
        # records that were merged the one that goes on, so that its row is the one that is read.
        for row in sorted(usable, key=self._turn):
            self._find_member(row)
        for post in self.roster.posts:
            if post.name and post.organization and (holder := self._find_holder(post)):
                self.posts.append((post, holder))
                self.holders[post.name_key].append(holder)
        for charge in self.roster.charges:
            if charge.name and charge.organization and (leader := self._find_leader(charge)):
                self.charges.append((charge, leader))

    def _turn(self, row: MemberRow) -> tuple[bool, bool, bool]:
        known = self.now_by_hash.get(row.identity_hash)
        here = [known] if known else self.now_by_place.get((row.name_key, row.organization), ())
        is_merged = row.person in self.now.merged or any(self._is_other(row, p) for p in here)
        return is_merged, row.person is None, row.identity_hash is None

    @staticmethod
    def _is_other(row: PersonCells, person: PersonNow) -> bool:
        """Whether a row says the person as a record said that was merged into this one."""
        if row.identity_hash in person.other_numbers:
            return True
        own = name_key(person.fields.name)
        return row.identity_hash is None and row.name_key in person.other_names - {own}

    def _refuse_same_places(self, rows: Sequence[MemberRow]) -> None:
        """The same name twice in one organization needs numbers to be told apart."""
        places: dict[Place, list[MemberRow]] = defaultdict(list)
        for row in rows:
            places[row.name_key, row.organization].append(row)
        for first, *others in places.values():
            if any(row.is_told_by_name_alone for row in (first, *others)):
                for row in others:
                    cell = self.roster.cell(first, "name")
                    self._error(row, "name", "namesakes", row.name, cell=cell)

    def _find_member(self, row: MemberRow) -> None:
        """The person of a row of 党员, known or new."""
        if row.person is not None:
            self._find_numbered_member(row, row.person)
            return
        twin = self.by_hash.get(row.identity_hash)
        if twin is not None:
            cell, name = self.roster.cell(twin.cells, "identity"), twin.cells.name
            self._error(row, "identity", "identity_twice", row.last4, cell=cell, name=name)
            return
        known = self.now_by_hash.get(row.identity_hash)
        subject = self._only(row, [known] if known else self._known_at_place(row))
        subject = subject or self._merged_twin(row)
        subject = subject or self._answered(row)
        subject = subject or self._take(row, None)
        if subject.member is None:
            self._place(subject, row)
        elif subject.now is not None and subject.now.id in self.now.merged.values():
            self._leave_out(row, subject)
        else:
            cell, name = self.roster.cell(subject.cells, "name"), subject.cells.name
            self._error(row, "identity", "identity_twice", row.last4, cell=cell, name=name)

    def _merged_twin(self, row: MemberRow) -> Subject | None:
        """Who has been found already, by the row of the record that was merged or that goes on."""
        for person in self.now_by_place.get((row.name_key, row.organization), ()):
            found = self.by_person.get(person.id)
            if found is None or row.identity_hash is not None:
                continue
            if self._is_other(row, person) or self._is_other(found.cells, person):
                return found
        return None

    def _answered(self, row: MemberRow) -> Subject | None:
        """The person with a near name of whom somebody said that it is the same."""
        for person in self.now_by_answer.get((row.name_key, row.organization), ()):
            answer = self.roster.answers[question_of(row, person.id)]
            if answer != Answer.OTHER and person.id not in self.by_person:
                if answer == Answer.SAME:
                    self.keep_names.add(person.id)
                return self._take(row, person)
        return None

    def _leave_out(self, row: MemberRow, twin: Subject) -> None:
        """Two records that were merged in the register, and the list still has both."""
        cell = self.roster.cell(twin.cells, "name")
        self.roster.notes.append(self.roster.at(row, "name", "merged_twice", row.name, cell=cell))

    def _place(self, subject: Subject, row: MemberRow) -> None:
        """Enter where somebody is a member, under each of the names."""
        subject.member = row
        others = subject.now.other_names if subject.now else frozenset[str]()
        if subject.now and subject.now.id in self.keep_names:
            others |= {name_key(subject.now.fields.name)}
        for key in {row.name_key, *others}:
            self.by_place[key, row.organization].append(subject)

    def _find_numbered_member(self, row: MemberRow, number: int) -> None:
        """The person whose number the row has, once and with no other's identity number."""
        id_ = self.now.merged.get(number, number)
        twin = self.by_person.get(id_)
        if twin is not None and {number, twin.cells.person} & self.now.merged.keys():
            self._leave_out(row, twin)
            return
        if twin is not None:
            cell = self.roster.cell(twin.cells, "person")
            self._error(row, "person", "person_number_twice", row.name, cell=cell)
            return
        subject = self._numbered(row, id_)
        if subject is not None:
            self._place(subject, row)

    def _numbered(self, row: PersonCells, number: int) -> Subject | None:
        """The person of that number; an error where nobody in sight has it, or where the identity
        number is of somebody else."""
        id_ = self.now.merged.get(number, number)
        known = self.now.people.get(id_)
        if known is None:
            self._error(row, "person", "person_number_outside", row.name)
            return None
        other = self.now_by_hash.get(row.identity_hash) or self.by_hash.get(row.identity_hash)
        if other is not None and other not in (known, self.by_person.get(id_)):
            name = self._described(other)
            self._error(row, "identity", "identity_of_other", row.last4, name=name)
            return None
        known_ones = {"", known.fields.identity_last4, *known.other_last4s}
        if row.identity_hash is None and row.last4 not in known_ones:
            last4 = known.fields.identity_last4
            self._error(row, "identity", "last_four_differ", row.last4, last4=last4)
            return None
        return self._of_register(row, known)

    def _known_at_place(self, row: MemberRow) -> list[PersonNow]:
        """The people of that name in that organization of the register."""
        return [
            person
            for person in self.now_by_place.get((row.name_key, row.organization), ())
            if person.id not in self.by_person
            and (row.identity_hash is None or person.fields.identity_hash is None)
            and (
                not row.last4
                or person.fields.identity_last4 in ("", row.last4)
                or row.last4 in person.other_last4s
            )
        ]

    def _find_holder(self, row: PostRow) -> Subject | None:
        """The person of a row of 职务; new ones are leaders whose membership lies elsewhere."""
        if row.person is not None:
            return self._numbered(row, row.person)
        if row.identity_hash:
            return self._by_identity(row) or self._take(row, None)
        if found := self._members_at(row.name_key, row.member_of or row.organization):
            return self._only(row, found)
        if row.member_of:
            self._error(row, "member_of", "person_not_there", row.member_of)
            return None
        return self._holder_without_membership(row)

    def _holder_without_membership(self, row: PostRow) -> Subject | None:
        """Known by name and the post's organization, in the file or in the register."""
        place = (row.name_key, row.organization)
        if place in self.by_post:
            return self.by_post[place]
        known = list(self.now_by_post.get(place, {}).values())
        subject = self._only(row, known) if known else self._take(row, None)
        if subject:
            self.by_post[place] = subject
        return subject

    def _find_leader(self, row: ChargeRow) -> Subject | None:
        """The person of a row of 分工: must be known by a membership or a post."""
        if row.person is not None:
            return self._numbered(row, row.person)
        if row.identity_hash:
            leader = self._by_identity(row)
            if leader is None:
                self._error(row, "identity", "person_unknown", row.last4)
            return leader
        if row.member_of:
            found = self._members_at(row.name_key, row.member_of)
            if not found:
                self._error(row, "member_of", "person_not_there", row.member_of)
        else:
            found = self._holders_named(row.name_key) or self._members_named(row.name_key)
            if not found:
                self._error(row, "name", "person_unknown", row.name)
        return self._only(row, found)

    def _by_identity(self, row: PostRow | ChargeRow) -> Subject | None:
        """By number; or a member of that name and place who stands there without a number."""
        if found := self.by_hash.get(row.identity_hash):
            return found
        if known := self.now_by_hash.get(row.identity_hash):
            return self._of_register(row, known)
        here = self.by_place.get((row.name_key, row.member_of or row.organization), ())
        same = [subject for subject in here if subject.cells.identity_hash is None]
        return same[0] if len(same) == 1 else None

    def _members_at(self, key: str, home: str) -> Sequence[Candidate]:
        """Members of that name in that organization: of the file, else those of the register whom
        the file does not move elsewhere."""
        return self.by_place.get((key, home)) or [
            person
            for person in self.now_by_place.get((key, home), ())
            if (subject := self.by_person.get(person.id)) is None or subject.member is None
        ]

    def _holders_named(self, key: str) -> Sequence[Candidate]:
        """Holders of posts of that name, in the file and in the register."""
        found: dict[PersonRef, Candidate] = {each.ref: each for each in self.holders.get(key, ())}
        for id_, person in self.now_holders.get(key, {}).items():
            found.setdefault(id_, self.by_person.get(id_) or person)
        return list(found.values())

    def _members_named(self, key: str) -> Sequence[Candidate]:
        """People of that name, in the file and in the register."""
        named = [subject for subject in self.subjects if subject.cells.name_key == key]
        known = self.now_by_name.get(key, ())
        return [*named, *(person for person in known if person.id not in self.by_person)]

    def _only(self, row: PersonCells, found: Sequence[Candidate]) -> Subject | None:
        """The one who is meant; where several can be, all are named and nobody is chosen."""
        if len(found) > 1:
            described = [self._described(each) for each in found]
            self._error(row, "name", "ambiguous", row.name, people=described)
            return None
        only = found[0] if found else None
        return self._of_register(row, only) if isinstance(only, PersonNow) else only

    def _of_register(self, row: PersonCells, person: PersonNow) -> Subject:
        """A person of the register, entered where no row has named them yet."""
        return self.by_person.get(person.id) or self._take(row, person)

    def _take(self, row: PersonCells, known: PersonNow | None) -> Subject:
        """Enter a person of the file."""
        subject = Subject(row, self.roster.tables[row.sheet].title, known)
        self.subjects.append(subject)
        if row.identity_hash:
            self.by_hash[row.identity_hash] = subject
        if known:
            self.by_person[known.id] = subject
        return subject

    def _described(self, candidate: Candidate) -> str:
        """A person with the place in the file, or in the register."""
        if isinstance(candidate, Subject):
            return f"{candidate.label} {self.roster.cell(candidate.cells, 'name')}"
        membership = candidate.fields.membership
        label = label_of(candidate.fields)
        return f"{label} {membership.organization}" if membership else label

    def _error(self, row: PersonCells, key: str, code: str, value: str, **params: Param) -> None:
        """Note an error."""
        self.roster.errors.append(self.roster.at(row, key, code, value, **params))
