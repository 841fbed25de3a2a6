"""Takes back the last applied import, as long as nothing was built upon it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.core import statistics
from pingyi.core.lookups import Among
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import Beforehand, Rows
from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import Affiliation, Membership, Organization, Person
from pingyi.organizations.queries import register_locked
from pingyi.rosters import permissions
from pingyi.rosters.enums import ImportState, LedgerKind
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations.apply import write_import_line
from pingyi.rosters.operations.touched import touched
from pingyi.rosters.operations.writing import (
    CHANGED_IN_PLACE,
    MODELS,
    affiliations_of,
    columns,
    ids_by_code,
    update_rows,
)
from pingyi.rosters.queries.dependents import Dependents, dependents
from pingyi.rosters.queries.imports import all_changes
from pingyi.rosters.queries.snapshot import register_snapshot
from pingyi.rosters.rules.changes import (
    Change,
    additions,
    alterations,
    ended,
    identity_hashes,
    people_known,
)
from pingyi.rosters.rules.fields import AffiliationFields, MembershipFields, OrganizationFields
from pingyi.rosters.rules.snapshot import Snapshot
from pingyi.rosters.rules.stale import later_changes

Made = dict[type[Model], set[int]]


@dataclass(frozen=True)
class _Read:
    """What an import did, the register as it is, and why it cannot be taken back."""

    changes: list[Change]
    snapshot: Snapshot
    made: Made
    refusal: Refusal | None


def undo_roster(*, roster_import: RosterImport, by: Actor, now: datetime) -> None:
    """Take the last import back. Refuses, with the list, where later deeds depend on it."""
    _undone(roster_import, Beforehand(partial(_read, roster_import)), by, now)


def _read(roster_import: RosterImport) -> _Read:
    changes = list(all_changes(roster_import).values())
    snapshot = register_snapshot(
        roster_import.scope, identity_hashes=identity_hashes(changes), people=people_known(changes)
    )
    made = _rows_made(changes)
    return _Read(changes, snapshot, made, _why_built_upon(changes, snapshot, made))


@transaction.atomic
def _undone(
    roster_import: RosterImport, beforehand: "Beforehand[_Read]", by: Actor, now: datetime
) -> None:
    register_locked()
    locked = RosterImport.objects.select_for_update(no_key=True).get(pk=roster_import.pk)
    refuse(permissions.why_not_undo_roster(by, locked, now))
    read = beforehand.now()
    refuse(read.refusal)
    # What refers to others goes before them.
    for model in MODELS.values():
        # Nothing refers to them, as was read: Django need not ask every room once more.
        rows = model._base_manager.filter(Among("pk", read.made[model]))
        rows._raw_delete(rows.db)  # noqa: SLF001  it has no public name
    _restore(locked, read.changes, read.snapshot)
    locked.state = ImportState.UNDONE
    locked.undone_at = now
    locked.undone_by = by
    locked.save(update_fields=["state", "undone_at", "undone_by"])
    gone = [Rows(model, keys) for model, keys in read.made.items()]
    write_import_line(LedgerKind.UNDONE, locked, by, now, rows=[*gone, *touched(read.changes)])
    statistics.refresh_after_commit()


def _rows_made(changes: Sequence[Change]) -> Made:
    """Ids of the rows that the import made: of each addition, and what came with it or followed."""
    made: Made = {
        model: {change.object_id for _, change, _ in additions(changes, kind)}
        for kind, model in MODELS.items()
    }
    people, places = set(made[Person]), set(made[Organization])
    for change, was, became in alterations(changes, MembershipFields):
        if became.follows(was) and isinstance(change.person, int):
            people.add(change.person)
    for change, place, moved in alterations(changes, AffiliationFields):
        if moved.follows(place):
            places.add(change.object_id)
    rows = Membership.objects.filter(Among("person_id", people), valid_to__isnull=True)
    made[Membership].update(rows.order_by().values_list("id", flat=True))
    placed = Affiliation.objects.filter(Among("organization_id", places), valid_to__isnull=True)
    formal = placed.filter(kind=AffiliationKind.FORMAL).order_by()
    made[Affiliation].update(formal.values_list("id", flat=True))
    return made


def _why_built_upon(changes: Iterable[Change], now: Snapshot, made: Made) -> Refusal | None:
    """What was done later with the rows of the import."""
    changed = [
        _("{label} was changed later.").format(label=change.label)
        for change in later_changes(changes, now)
    ]
    later = dependents(made)
    return permissions.why_not_undo_over(
        Dependents(len(changed) + later.count, changed + later.sentences)
    )


def _restore(roster_import: RosterImport, changes: Sequence[Change], now: Snapshot) -> None:
    """Put back what was changed or ended."""
    codes = ids_by_code(now)
    for kind in CHANGED_IN_PLACE:
        rows = alterations(changes, kind)
        back = ((each.object_id, columns(was, codes, each.concerned)) for each, was, _ in rows)
        update_rows(MODELS[kind], back)
    update_rows(
        Membership,
        (
            (change.object_id, {**columns(was, codes), "valid_to": None})
            for change, was, _ in alterations(changes, MembershipFields)
        ),
    )
    for change, place, _moved in alterations(changes, AffiliationFields):
        if place.parent and place.since:
            Affiliation.objects.filter(
                organization_id=change.object_id,
                kind=AffiliationKind.FORMAL,
                valid_from=place.since,
            ).update(parent_id=codes[place.parent], valid_to=None)
    for said, model in MODELS.items():
        # People do not end.
        if ids := ended(changes, said):
            model._default_manager.filter(Among("pk", ids)).update(valid_to=None)
    closed = affiliations_of(ended(changes, OrganizationFields))
    over = Affiliation.objects.filter(closed, valid_to=roster_import.effective_on)
    over.update(valid_to=None)
