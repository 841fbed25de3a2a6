"""The rows of an import: endings and changes first, so that nothing is open twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q

from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import Affiliation, Charge, Membership, Organization, Person, Post
from pingyi.organizations.rules.initials import initials_of
from pingyi.rosters.rules import Change, Snapshot
from pingyi.rosters.rules.changes import ADD, CHANGE, END

Tie = TypeVar("Tie", Membership, Post, Charge)
Row = TypeVar("Row")
Stated = Mapping[str, Any]
BATCH_SIZE = 2_000
# The many of an import.
ADDED_IN_PARTS = ("person", "membership", "post", "charge")
MODELS: Mapping[str, type[Model]] = {
    "organization": Organization,
    "person": Person,
    "membership": Membership,
    "post": Post,
    "charge": Charge,
}


class Writing:
    """Writes the changes of one import into the register as it is now."""

    def __init__(
        self, now: Snapshot, effective_on: date, told: Callable[[int], None] = lambda _number: None
    ) -> None:
        self.now = now
        self.effective_on = effective_on
        # Hears of every so many changes that are written.
        self.told = told
        self.organizations = {code: known.id for code, known in now.organizations.items()}
        self.begun = {code: known.valid_from for code, known in now.organizations.items()}
        self.founded: dict[str, Organization] = {}
        self.people: dict[str, int] = {}
        # Place of a change -> id of the row that it made.
        self.made: dict[int, int] = {}
        self.later: list[Membership] = []
        self.moves: list[Affiliation] = []

    def write(self, changes: Sequence[Change]) -> dict[int, int]:
        """Write everything; gives the ids of the new rows by the place of their change."""
        by_what: dict[tuple[str, str], list[tuple[int, Change]]] = defaultdict(list)
        for place, change in enumerate(changes):
            by_what[change.kind, change.model].append((place, change))
        self._add_organizations(by_what[ADD, "organization"])
        for model in ("charge", "post", "membership"):
            self._end(MODELS[model], [change for _, change in by_what[END, model]])
        for model in ("organization", "person", "post", "charge"):
            update_rows(
                MODELS[model],
                [
                    (change.object_id, row_columns(change.after or {}))
                    for _, change in by_what[CHANGE, model]
                ],
            )
        self._move([change for _, change in by_what[CHANGE, "affiliation"]])
        self._change_memberships([change for _, change in by_what[CHANGE, "membership"]])
        self._end_organizations([change for _, change in by_what[END, "organization"]])
        Affiliation.objects.bulk_create(self.moves, batch_size=BATCH_SIZE)
        self.told(len(changes) - sum(len(by_what[ADD, model]) for model in ADDED_IN_PARTS))
        for part in _parts(by_what[ADD, "person"]):
            self._add_people(part)
        for part in _parts(by_what[ADD, "membership"]):
            self._add(Membership, part)
        Membership.objects.bulk_create(self.later, batch_size=BATCH_SIZE)
        for part in _parts(by_what[ADD, "post"]):
            self._add(Post, part)
        for part in _parts(by_what[ADD, "charge"]):
            self._add(Charge, part)
        return self.made

    def _add_organizations(self, changes: Sequence[tuple[int, Change]]) -> None:
        """New organizations with their place in the tree."""
        stated: list[Stated] = [change.after or {} for _, change in changes]
        rows = Organization.objects.bulk_create(
            [
                Organization(
                    code=after["code"],
                    name=after["name"],
                    initials=initials_of(str(after["name"])),
                    kind=after["kind"],
                    level=after["level"],
                    sector_id=after["sector"],
                    valid_from=_day(after["valid_from"]),
                )
                for after in stated
            ],
            batch_size=BATCH_SIZE,
        )
        for (place, _), row in zip(changes, rows, strict=True):
            self.made[place] = row.pk
            self.founded[row.code] = row
            self.organizations[row.code] = row.pk
            self.begun[row.code] = row.valid_from
        self.moves += [
            Affiliation(
                organization_id=row.pk,
                parent_id=self.organizations[str(after["parent"])],
                valid_from=max(row.valid_from, self.begun[str(after["parent"])]),
            )
            for row, after in zip(rows, stated, strict=True)
            if after["parent"]
        ]

    def _end(self, model: type[Model], changes: Sequence[Change]) -> None:
        """End rows on the effective day."""
        for ids in _parts([change.object_id or 0 for change in changes]):
            model._default_manager.filter(pk__in=ids).update(valid_to=self.effective_on)

    def _end_organizations(self, changes: Sequence[Change]) -> None:
        """End organizations with every affiliation they still have."""
        for ids in _parts([change.object_id or 0 for change in changes]):
            Affiliation.objects.filter(
                Q(organization_id__in=ids) | Q(parent_id__in=ids, kind=AffiliationKind.SECONDARY),
                valid_to__isnull=True,
                valid_from__lt=self.effective_on,
            ).update(valid_to=self.effective_on)
            Organization.objects.filter(pk__in=ids).update(valid_to=self.effective_on)

    def _move(self, changes: Sequence[Change]) -> None:
        """Place organizations elsewhere: the old affiliation ends, or is corrected if it begins
        only then."""
        known = {row.id: row for row in self.now.organizations.values()}
        for change in changes:
            organization = known[change.object_id or 0]
            parent = str((change.after or {})["parent"])
            begin = max(self.effective_on, self.begun[parent])
            old = Affiliation.objects.filter(pk=organization.affiliation_id or 0)
            if organization.affiliated_from and organization.affiliated_from >= begin:
                old.update(parent_id=self.organizations[parent])
                continue
            old.update(valid_to=begin)
            self.moves.append(
                Affiliation(
                    organization_id=organization.id,
                    parent_id=self.organizations[parent],
                    valid_from=max(begin, organization.valid_from),
                )
            )

    def _change_memberships(self, changes: Sequence[Change]) -> None:
        """Move members and change their standing: a new row follows the old one, or the old one
        is corrected if it begins only then. Another joining date corrects it as well."""
        ended: list[tuple[int | None, Stated]] = []
        corrected: list[tuple[int | None, Stated]] = []
        for change in changes:
            before, after = change.before or {}, change.after or {}
            organization = self.organizations[str(after["organization"])]
            if "valid_from" in after:
                corrected.append((change.object_id, {"valid_from": _day(after["valid_from"])}))
                continue
            begin = max(self.effective_on, self.begun[str(after["organization"])])
            if _day(before["valid_from"]) >= begin:
                fields = {"organization_id": organization, "standing": after["standing"]}
                corrected.append((change.object_id, fields))
                continue
            ended.append((change.object_id, {"valid_to": begin}))
            self.later.append(
                Membership(
                    person_id=int(str(before["person"])),
                    organization_id=organization,
                    standing=str(after["standing"]),
                    valid_from=begin,
                )
            )
        update_rows(Membership, corrected)
        update_rows(Membership, ended)

    def _add_people(self, changes: Sequence[tuple[int, Change]]) -> None:
        """New people with their memberships."""
        stated: list[Stated] = [change.after or {} for _, change in changes]
        rows = Person.objects.bulk_create(
            [
                Person(
                    name=after["name"],
                    initials=initials_of(str(after["name"])),
                    identity_hash=after["identity_hash"],
                    identity_last4=after["identity_last4"],
                    gender=after["gender"],
                    born_on=_day(after["born_on"]) if after["born_on"] else None,
                )
                for after in stated
            ],
            batch_size=BATCH_SIZE,
        )
        for (place, _), row, after in zip(changes, rows, stated, strict=True):
            self.made[place] = row.pk
            self.people[str(after["key"])] = row.pk
        Membership.objects.bulk_create(
            [
                Membership(person_id=row.pk, **self._tie(after["membership"]))
                for row, after in zip(rows, stated, strict=True)
                if after["membership"]
            ],
            batch_size=BATCH_SIZE,
        )
        self.told(len(changes))

    def _add(self, model: type[Tie], changes: Sequence[tuple[int, Change]]) -> None:
        """New rows that belong to a person."""
        rows = model._default_manager.bulk_create(
            [
                model(person_id=self._person(change.after or {}), **self._tie(change.after or {}))
                for _, change in changes
            ],
            batch_size=BATCH_SIZE,
        )
        for (place, _), row in zip(changes, rows, strict=True):
            self.made[place] = row.pk
        self.told(len(changes))

    def _person(self, after: Mapping[str, object]) -> int:
        """The person a row belongs to, new or known."""
        key = str(after["person"])
        return self.people.get(key) or int(key.removeprefix("p"))

    def _tie(self, after: Any) -> dict[str, Any]:
        """Columns of a row that ties a person to an organization."""
        columns = row_columns({key: value for key, value in after.items() if key != "person"})
        columns["organization_id"] = self.organizations[columns.pop("organization")]
        return columns


def update_rows(model: type[Model], rows: Iterable[tuple[int | None, Mapping[str, Any]]]) -> None:
    """Update many rows, together where the same columns change."""
    by_columns: dict[tuple[str, ...], list[Model]] = defaultdict(list)
    for id_, columns in rows:
        by_columns[tuple(columns)].append(model(pk=id_, **columns))
    for names, objects in by_columns.items():
        fields = [name.removesuffix("_id") for name in names]
        model._default_manager.bulk_update(objects, fields, batch_size=500)


def row_columns(stated: Mapping[str, object]) -> dict[str, Any]:
    """Stated fields as columns of the models."""
    columns: dict[str, Any] = {}
    for key, value in stated.items():
        match key:
            case "valid_from" | "born_on":
                columns[key] = _day(value)
            case "sector" | "category":
                columns[f"{key}_id"] = value
            case _:
                columns[key] = value
    if "name" in columns:
        columns["initials"] = initials_of(columns["name"])
    return columns


def _day(value: object) -> date:
    """A kept day."""
    return date.fromisoformat(str(value))


def _parts(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    """In pieces that a database takes."""
    for start in range(0, len(rows), BATCH_SIZE):
        yield rows[start : start + BATCH_SIZE]
