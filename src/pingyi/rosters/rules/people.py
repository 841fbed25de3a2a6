"""Who is meant by a row of 职务 and of 分工, behind the rows of 党员."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pingyi.organizations.rules.names import name_key
from pingyi.rosters.enums import Answer
from pingyi.rosters.rules.fields import MembershipFields, PersonRef
from pingyi.rosters.rules.members import Members
from pingyi.rosters.rules.rows import ChargeRow, MemberRow, PersonCells, PostRow
from pingyi.rosters.rules.snapshot import PersonNow
from pingyi.rosters.rules.subjects import Candidate, Place, Subject, number_in_file, question_of
from pingyi.rosters.rules.tree import resulting_parents


@dataclass
class People(Members):
    """The people of a file, and how to find them."""

    posts: list[tuple[PostRow, Subject]] = field(default_factory=list)
    charges: list[tuple[ChargeRow, Subject]] = field(default_factory=list)
    # New people who came in by a post, by name and organization of the post.
    by_post: dict[Place, Subject] = field(default_factory=dict)
    holders: dict[str, list[Subject]] = field(default_factory=lambda: defaultdict(list))
    now_by_post: dict[Place, dict[int, PersonNow]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    now_holders: dict[str, dict[int, PersonNow]] = field(default_factory=lambda: defaultdict(dict))
    # New leaders, and members whom the same file adds and who perhaps are they.
    perhaps: list[tuple[PostRow, Subject]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        for post in self.now.posts:
            holder = self.now.people[post.person]
            for key in holder.other_names | {name_key(holder.fields.name)}:
                self.now_by_post[key, post.fields.organization][holder.id] = holder
                self.now_holders[key][holder.id] = holder

    def find_all(self) -> None:
        """Find everybody: members first, then post holders, then those in charge."""
        self.find_members()
        for post in self.roster.posts:
            if post.name and post.organization and (holder := self._find_holder(post)):
                self.posts.append((post, holder))
                self.holders[post.name_key].append(holder)
        for charge in self.roster.charges:
            if charge.name and charge.organization and (leader := self._find_leader(charge)):
                self.charges.append((charge, leader))
        self.roster.notes += self.remarks.issues()

    def _find_holder(self, row: PostRow) -> Subject | None:
        """The person of a row of 职务; new ones are leaders whose membership lies elsewhere."""
        if row.person is not None:
            return self._numbered(row, row.person)
        if row.identity_hash:
            return self._by_identity(row) or self._take(row, None)
        home = row.member_of or row.organization
        if found := self._members_at(row.name_key, home):
            return self._only(row, found)
        if row.member_of is None and self._has_post(row.name_key, row.organization):
            return self._holder_without_membership(row)
        others = self._other_spellings(row.name_key)
        if found := [one for key in others for one in self._members_at(key, home)]:
            return self._otherwise(row, found)
        if row.member_of:
            self._error(row, "member_of", "person_not_there", row.member_of)
            return None
        holder = self._answered(row) or self._member_of_file(row)
        return holder or self._holder_without_membership(row)

    def _member_of_file(self, row: PostRow) -> Subject | None:
        """A new member of that name in the same file: the only one, below the organization of the
        post, is taken, and that is said; about others it is asked, and unanswered they are two."""
        answers = self.roster.answers
        named = [one for one in self._new_members[row.name_key] if one.member]
        said = {id(one): answers.get(question_of(row, number_in_file(one))) for one in named}
        left = [one for one in named if said[id(one)] != Answer.OTHER]
        if same := [one for one in left if said[id(one)]]:
            return same[0]
        is_known = any(
            self._is_below(person.fields.membership, row.organization)
            for person in self.now_by_name.get(row.name_key, ())
        )
        if len(left) == 1 and not is_known and self._is_below(left[0].member, row.organization):
            table = self.roster.tables[row.sheet]
            cell = self.roster.cell(left[0].cells, "name")
            self.remarks.add(table, (row.row, "name"), "holder_in_file", row.name, cell)
            return left[0]
        self.perhaps += [(row, one) for one in left]
        return None

    @cached_property
    def _new_members(self) -> dict[str, list[Subject]]:
        found: dict[str, list[Subject]] = defaultdict(list)
        for one in self.subjects:
            if one.member and one.now is None:
                found[one.cells.name_key].append(one)
        return found

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return resulting_parents({row.code: row for row in self.roster.organizations}, self.now)

    def _is_below(self, member: MemberRow | MembershipFields | None, top: str) -> bool:
        """Whether somebody is a member of an organization below that one."""
        above = self._parents.get(member.organization) if member else None
        seen: set[str] = set()
        while above is not None and above != top and above not in seen:
            seen.add(above)
            above = self._parents.get(above)
        return above == top

    def _has_post(self, key: str, organization: str) -> bool:
        """Whether somebody of that name came in by a post there."""
        place = (key, organization)
        return place in self.by_post or place in self.now_by_post

    def _otherwise(self, row: PersonCells, found: Sequence[Candidate]) -> Subject | None:
        """The one who is meant by a name that is written otherwise."""
        refs = {one.ref if isinstance(one, Subject) else one.id: one for one in found}
        subject = self._only(row, list(refs.values()))
        return self._said_otherwise(row, subject) if subject else None

    def _holder_without_membership(self, row: PostRow) -> Subject | None:
        """Known by name and the post's organization, in the file or in the register."""
        place = (row.name_key, row.organization)
        if place in self.by_post:
            return self.by_post[place]
        known: list[Candidate] = list(self.now_by_post.get(place, {}).values())
        if known:
            subject = self._only(row, known)
        elif known := self._holders_otherwise(row):
            subject = self._otherwise(row, known)
        else:
            subject = self._take(row, None)
        if subject:
            self.by_post[place] = subject
        return subject

    def _holders_otherwise(self, row: PostRow) -> list[Candidate]:
        """Who came in by a post there under a name that is written otherwise."""
        found: list[Candidate] = []
        for key in self._other_spellings(row.name_key):
            place = (key, row.organization)
            found += [self.by_post[place]] if place in self.by_post else []
            found += self.now_by_post.get(place, {}).values()
        return found

    def _find_leader(self, row: ChargeRow) -> Subject | None:
        """The person of a row of 分工: must be known by a membership or a post."""
        if row.person is not None:
            return self._numbered(row, row.person)
        if row.identity_hash:
            leader = self._by_identity(row)
            if leader is None:
                self._error(row, "identity", "person_unknown", row.last4)
            return leader
        if found := self._leaders(row, row.name_key):
            return self._only(row, found)
        others = self._other_spellings(row.name_key)
        if found := [one for key in others for one in self._leaders(row, key)]:
            return self._otherwise(row, found)
        if row.member_of:
            self._error(row, "member_of", "person_not_there", row.member_of)
        else:
            self._error(row, "name", "person_unknown", row.name)
        return None

    def _leaders(self, row: ChargeRow, key: str) -> Sequence[Candidate]:
        """Who can be meant under that name: a member where the row says so, else who holds a
        post, else anybody."""
        if row.member_of:
            return self._members_at(key, row.member_of)
        return self._holders_named(key) or self._members_named(key)

    def _by_identity(self, row: PostRow | ChargeRow) -> Subject | None:
        """By number; or a member of that name and place who stands there without a number."""
        if found := self.by_hash.get(row.identity_hash):
            return found
        if known := self.now_by_hash.get(row.identity_hash):
            return self._of_register(row, known)
        home = row.member_of or row.organization
        for key in (row.name_key, *self._other_spellings(row.name_key)):
            here = self.by_place.get((key, home), ())
            same = [subject for subject in here if subject.cells.identity_hash is None]
            if len(same) == 1:
                is_same = key == row.name_key
                return same[0] if is_same else self._said_otherwise(row, same[0])
        return None

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
