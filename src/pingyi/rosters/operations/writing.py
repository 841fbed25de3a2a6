"""The rows of an import: endings and changes first, so that nothing is open twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q

from pingyi.core import statistics
from pingyi.core.lookups import Among
from pingyi.core.pieces import in_parts
from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import Affiliation, Charge, Membership, Organization, Person, Post
from pingyi.organizations.rules.initials import initials_of
from pingyi.organizations.rules.order import name_columns
from pingyi.rosters.rules.changes import Change, additions, alterations, ended
from pingyi.rosters.rules.fields import (
    AffiliationFields,
    ChargeFields,
    Fields,
    MembershipFields,
    NewPerson,
    OrganizationFields,
    PersonFields,
    PersonRef,
    PostFields,
    names_of,
)
from pingyi.rosters.rules.snapshot import Snapshot

Tie = TypeVar("Tie", Membership, Post, Charge)
Columns = dict[str, Any]
BATCH_SIZE = 2_000
MODELS: Mapping[type[Fields], type[Model]] = {
    ChargeFields: Charge,
    PostFields: Post,
    MembershipFields: Membership,
    AffiliationFields: Affiliation,
    PersonFields: Person,
    OrganizationFields: Organization,
}
# Rows that are changed where they stand: no other one follows them.
CHANGED_IN_PLACE = (OrganizationFields, PersonFields, PostFields, ChargeFields)


class Writing:
    """Writes the changes of one import into the register as it is now."""

    def __init__(
        self, now: Snapshot, effective_on: date, told: Callable[[int], None] = lambda _number: None
    ) -> None:
        self.now = now
        self.effective_on = effective_on
        # Hears of every so many changes that are written.
        self.told = told
        self.organizations = ids_by_code(now)
        self.founded: dict[str, Organization] = {}
        self.people: dict[PersonRef | None, int] = {}
        # Place of a change -> id of the row that it made.
        self.made: dict[int, int] = {}
        self.moves: list[Affiliation] = []
        self.later: list[Membership] = []

    def write(self, changes: Sequence[Change]) -> dict[int, int]:
        """Write everything; gives the ids of the new rows by the place of their change."""
        self._add_organizations(additions(changes, OrganizationFields))
        for tie in (ChargeFields, PostFields, MembershipFields):
            rows = MODELS[tie]._default_manager.filter(Among("pk", ended(changes, tie)))
            rows.update(valid_to=self.effective_on)
        for kind in CHANGED_IN_PLACE:
            changed = alterations(changes, kind)
            update_rows(
                MODELS[kind],
                ((each.object_id, self._columns(after, each)) for each, _, after in changed),
            )
        self._move(alterations(changes, AffiliationFields))
        self._change_memberships(alterations(changes, MembershipFields))
        self._end_organizations(ended(changes, OrganizationFields))
        Affiliation.objects.bulk_create(self.moves, batch_size=BATCH_SIZE)
        people = additions(changes, PersonFields)
        memberships = additions(changes, MembershipFields)
        posts, charges = additions(changes, PostFields), additions(changes, ChargeFields)
        many = len(people) + len(memberships) + len(posts) + len(charges)
        self.told(len(changes) - many)
        self._add_people(people)
        self._add(Membership, memberships)
        Membership.objects.bulk_create(self.later, batch_size=BATCH_SIZE)
        self._add(Post, posts)
        self._add(Charge, charges)
        statistics.refresh_after_commit()
        return self.made

    def _columns(self, said: Fields, change: Change | None = None) -> Columns:
        """What a row says as columns; of a change only what becomes another."""
        return columns(said, self.organizations, change.concerned if change else None)

    def _add_organizations(self, added: Sequence[tuple[int, Change, OrganizationFields]]) -> None:
        """New organizations with their place in the tree."""
        rows = Organization.objects.bulk_create(
            [Organization(**self._columns(said)) for _, _, said in added], batch_size=BATCH_SIZE
        )
        for (place, _, _), row in zip(added, rows, strict=True):
            self.made[place] = row.pk
            self.founded[row.code] = row
            self.organizations[row.code] = row.pk
        self.moves += [
            Affiliation(organization_id=row.pk, **self._columns(said.place))
            for (_, _, said), row in zip(added, rows, strict=True)
            if said.place.parent
        ]

    def _end_organizations(self, ended_ids: Sequence[int]) -> None:
        """End organizations with every affiliation they still have."""
        Affiliation.objects.filter(
            affiliations_of(ended_ids), valid_to__isnull=True, valid_from__lt=self.effective_on
        ).update(valid_to=self.effective_on)
        Organization.objects.filter(Among("pk", ended_ids)).update(valid_to=self.effective_on)

    def _move(self, moved: Sequence[tuple[Change, AffiliationFields, AffiliationFields]]) -> None:
        """Place organizations elsewhere: the old affiliation ends, or is corrected if it begins
        only then."""
        known = {row.id: row.affiliation_id for row in self.now.organizations.values()}
        for change, before, after in moved:
            old, place = (
                Affiliation.objects.filter(pk=known[change.object_id]),
                self._columns(after),
            )
            if after.follows(before):
                old.update(valid_to=after.since)
                self.moves.append(Affiliation(organization_id=change.object_id, **place))
            else:
                old.update(**place)

    def _change_memberships(
        self, changed: Sequence[tuple[Change, MembershipFields, MembershipFields]]
    ) -> None:
        """Move members and change their standing: a new row follows the old one, or the old one
        is corrected."""
        corrected: list[tuple[int, Columns]] = []
        over: list[tuple[int, Columns]] = []
        for change, before, after in changed:
            said = self._columns(after)
            if after.follows(before):
                over.append((change.object_id, {"valid_to": after.valid_from}))
                self.later.append(Membership(person_id=self._owner(change), **said))
            else:
                corrected.append((change.object_id, said))
        update_rows(Membership, corrected)
        update_rows(Membership, over)

    def _add_people(self, added: Sequence[tuple[int, Change, PersonFields]]) -> None:
        """New people with their memberships."""
        for part in in_parts(added, BATCH_SIZE):
            rows = Person.objects.bulk_create(
                [Person(**self._columns(said)) for _, _, said in part]
            )
            for (place, change, _), row in zip(part, rows, strict=True):
                self.made[place] = row.pk
                self.people[NewPerson(change.sheet, change.row or 0)] = row.pk
            Membership.objects.bulk_create(
                Membership(person_id=row.pk, **self._columns(said.membership))
                for (_, _, said), row in zip(part, rows, strict=True)
                if said.membership
            )
            self.told(len(part))

    def _add(self, model: type[Tie], added: Sequence[tuple[int, Change, Fields]]) -> None:
        """New rows that belong to a person."""
        for part in in_parts(added, BATCH_SIZE):
            rows = model._default_manager.bulk_create(
                model(person_id=self._owner(change), **self._columns(said))
                for _, change, said in part
            )
            for (place, _, _), row in zip(part, rows, strict=True):
                self.made[place] = row.pk
            self.told(len(part))

    def _owner(self, change: Change) -> int:
        """The person to whom a row belongs, known or new."""
        return change.person if isinstance(change.person, int) else self.people[change.person]


def ids_by_code(now: Snapshot) -> dict[str, int]:
    """The organizations of the register."""
    return {code: known.id for code, known in now.organizations.items()}


def affiliations_of(ids: Sequence[int]) -> Q:
    """What ends together with organizations: their own places, and second ones below them."""
    below = Q(Among("parent_id", ids), kind=AffiliationKind.SECONDARY)
    return Q(Among("organization_id", ids)) | below


def columns(
    said: Fields, organizations: Mapping[str, int], names: Iterable[str] | None = None
) -> Columns:
    """What a row says (or only these fields of it) as columns of its model."""
    found: Columns = {}
    for name in names_of(said) if names is None else names:
        value = getattr(said, name)
        match name:
            case "place" | "membership":
                # Rows of their own.
                continue
            case "organization" | "parent":
                found[f"{name}_id"] = organizations[value]
            case "sector" | "category":
                found[f"{name}_id"] = value
            case "since":
                found["valid_from"] = value
            case _:
                found[name] = value
    if "name" in found:
        name = found["name"]
        is_person = isinstance(said, PersonFields)
        found |= name_columns(name) if is_person else {"initials": initials_of(name)}
    return found


def update_rows(model: type[Model], rows: Iterable[tuple[int, Columns]]) -> None:
    """Update many rows, together where the same columns change."""
    by_columns: dict[tuple[str, ...], list[Model]] = defaultdict(list)
    for id_, changed in rows:
        by_columns[tuple(changed)].append(model(pk=id_, **changed))
    for names, objects in by_columns.items():
        fields = [name.removesuffix("_id") for name in names]
        model._default_manager.bulk_update(objects, fields, batch_size=500)
