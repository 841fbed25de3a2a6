"""Who is meant by a row of 党员: by identity number, or by name and organization; and by a name
that is written otherwise, where only one can be meant.

Where two people can be meant, both are named and nobody is chosen.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pingyi.organizations.rules.names import name_key, written_key
from pingyi.organizations.rules.near import contradict
from pingyi.rosters.enums import Answer
from pingyi.rosters.rules.issues import Remarks
from pingyi.rosters.rules.rows import MemberRow, PersonCells, PostRow, Roster
from pingyi.rosters.rules.snapshot import PersonNow, Snapshot
from pingyi.rosters.rules.subjects import (
    SPLIT,
    Candidate,
    Place,
    Subject,
    known_of,
    known_of_row,
    label_of,
    question_of,
)
from pingyi.rosters.rules.suffixes import taken_apart
from pingyi.rosters.rules.values import Param


@dataclass
class Members:
    """The members of a file, and how to find them."""

    roster: Roster
    now: Snapshot
    subjects: list[Subject] = field(default_factory=list)
    # Nobody stands under None: a row without a number finds nobody by it.
    by_hash: dict[str | None, Subject] = field(default_factory=dict)
    by_place: dict[Place, list[Subject]] = field(default_factory=lambda: defaultdict(list))
    by_person: dict[int, Subject] = field(default_factory=dict)
    now_by_hash: dict[str | None, PersonNow] = field(default_factory=dict)
    now_by_place: dict[Place, list[PersonNow]] = field(default_factory=lambda: defaultdict(list))
    now_by_name: dict[str, list[PersonNow]] = field(default_factory=lambda: defaultdict(list))
    now_by_answer: dict[Place, list[PersonNow]] = field(default_factory=lambda: defaultdict(list))
    # Whose names stay as the register writes them, although the file has a near one.
    keep_names: set[int] = field(default_factory=set)
    # The keys of names that are one, written otherwise.
    spellings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    remarks: Remarks = field(default_factory=Remarks)

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
        rows = (*self.roster.members, *self.roster.posts, *self.roster.charges)
        for key in {*self.now_by_name, *(row.name_key for row in rows)}:
            self.spellings[_form_of(key)].add(key)
        for key in self.roster.answers:
            name, place, id_ = key.rsplit(SPLIT, 2)
            if (known := self.now.people.get(int(id_))) is not None:
                self.now_by_answer[name, place].append(known)

    def find_members(self) -> None:
        """Find all members."""
        usable = [row for row in self.roster.members if row.name and row.organization]
        self._refuse_same_places(usable)
        # Those with a number first, so that a namesake without one cannot take their place; of two
        # records that were merged the one that goes on, so that its row is the one that is read.
        for row in sorted(usable, key=self._turn):
            self._find_member(row)

    def _turn(self, row: MemberRow) -> tuple[bool, bool, bool, bool]:
        known = self.now_by_hash.get(row.identity_hash)
        here = [known] if known else self.now_by_place.get((row.name_key, row.organization), ())
        is_merged = row.person in self.now.merged or any(self._is_other(row, p) for p in here)
        # Who is written otherwise comes last: nobody takes the place of whom the file names.
        is_last = row.person is None and not here
        return is_last, is_merged, row.person is None, row.identity_hash is None

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
        subject = subject or self._written_otherwise(row)
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

    def _written_otherwise(self, row: MemberRow) -> Subject | None:
        """The one person of the register whom no other row means and whose name is the same but
        for signs and old characters. The register keeps its name; that is said."""
        said = known_of_row(row)
        found = {
            person.id: person
            for key in self._other_spellings(row.name_key)
            for person in self.now_by_place.get((key, row.organization), ())
            if person.id not in self.by_person and not contradict(known_of(person), said)
        }
        if len(found) != 1:
            return None
        return self._said_otherwise(row, self._take(row, next(iter(found.values()))))

    def _other_spellings(self, key: str) -> list[str]:
        """The other keys under which the same name stands in the file or in the register."""
        return sorted(self.spellings[_form_of(key)] - {key})

    def _said_otherwise(self, row: PersonCells, subject: Subject) -> Subject:
        """Note that somebody is taken for a person whose name is written otherwise."""
        name = subject.now.fields.name if subject.now else subject.cells.name
        if subject.now:
            self.keep_names.add(subject.now.id)
        table = self.roster.tables[row.sheet]
        self.remarks.add(table, (row.row, "name"), "name_otherwise", row.name, name)
        return subject

    def _answered(self, row: MemberRow | PostRow) -> Subject | None:
        """The person with a near name of whom somebody said that it is the same."""
        for person in self.now_by_answer.get((row.name_key, row.organization), ()):
            answer = self.roster.answers[question_of(row, person.id)]
            is_free = isinstance(row, PostRow) or person.id not in self.by_person
            if answer != Answer.OTHER and is_free:
                if answer == Answer.SAME:
                    self.keep_names.add(person.id)
                return self._of_register(row, person)
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
        """The people of that name in that organization of the register; with what stands in
        brackets behind it, where the register has that."""
        names = [row.name_key] if not row.written else [name_key(row.written), row.name_key]
        places = ((key, row.organization) for key in names)
        known = next((found for key in places if (found := self.now_by_place.get(key))), [])
        return [
            person
            for person in known
            if person.id not in self.by_person
            and (row.identity_hash is None or person.fields.identity_hash is None)
            and (
                not row.last4
                or person.fields.identity_last4 in ("", row.last4)
                or row.last4 in person.other_last4s
            )
        ]

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


def _form_of(key: str) -> str:
    """What all spellings of a name have in common, without brackets that are no part of it."""
    bare, _ = taken_apart(key)
    return written_key(bare)
