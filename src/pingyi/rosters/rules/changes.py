"""One line of an import: what is added, changed or ended."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pingyi.rosters.enums import ChangeKind
from pingyi.rosters.rules.fields import (
    AffiliationFields,
    Fields,
    Kind,
    MembershipFields,
    PersonFields,
    PersonRef,
    names_of,
)

LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class Change:
    """What a row says before it and after it: an addition has no before, an ending no after."""

    label: str
    before: Fields | None = None
    after: Fields | None = None
    # Where the file says so, for the preview; an ending it does not say.
    sheet: str = ""
    row: int | None = None
    # The row of the register; 0 while there is none.
    object_id: int = 0
    # Whose membership, post or charge it is.
    person: PersonRef | None = None

    @property
    def kind(self) -> ChangeKind:
        """What it does."""
        if self.before is None:
            return ChangeKind.ADD
        return ChangeKind.END if self.after is None else ChangeKind.CHANGE

    @property
    def fields(self) -> Fields:
        """The row as it will be; of an ending, as it was."""
        said = self.before if self.after is None else self.after
        assert said is not None  # noqa: S101  a change says at least one of the two
        return said

    @property
    def model(self) -> str:
        """What kind of row it is about."""
        return self.fields.model

    @property
    def concerned(self) -> tuple[str, ...]:
        """The fields that become others; of a row that another one may follow, all of them."""
        before, after = self.before, self.after
        every = names_of(self.fields)
        if before is None or isinstance(after, AffiliationFields | MembershipFields | None):
            return every
        return tuple(name for name in every if getattr(before, name) != getattr(after, name))


def additions(changes: Iterable[Change], kind: type[Kind]) -> list[tuple[int, Change, Kind]]:
    """Places, changes and fields of the rows of one kind that are added."""
    return [
        (place, change, change.after)
        for place, change in enumerate(changes)
        if change.before is None and isinstance(change.after, kind)
    ]


def alterations(changes: Iterable[Change], kind: type[Kind]) -> list[tuple[Change, Kind, Kind]]:
    """Changes of the rows of one kind that go on, with what they said and will say."""
    return [
        (change, change.before, change.after)
        for change in changes
        if isinstance(change.before, kind) and isinstance(change.after, kind)
    ]


def ended(changes: Iterable[Change], kind: type[Kind]) -> list[int]:
    """Ids of the rows of one kind that end."""
    return [
        change.object_id
        for change in changes
        if change.after is None and isinstance(change.before, kind)
    ]


def identity_hashes(changes: Iterable[Change]) -> set[str]:
    """Hashes of the identity numbers that people are to have."""
    people = (each.after for each in changes if isinstance(each.after, PersonFields))
    return {person.identity_hash for person in people if person.identity_hash}


def people_known(changes: Iterable[Change]) -> set[int]:
    """Ids of the people of the register whose membership, post or charge is written."""
    return {each.person for each in changes if isinstance(each.person, int)}


def counted(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """How many changes of each kind, by model."""
    found = Counter((change.kind.value, change.model) for change in changes)
    counts: dict[str, dict[str, int]] = {kind.value: {} for kind in ChangeKind}
    for (kind, model), number in sorted(found.items()):
        counts[kind][model] = number
    return counts


def fitted(label: str) -> str:
    """A label as long as the column allows."""
    return label[:LONGEST_LABEL]
