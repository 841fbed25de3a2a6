"""Takes back the last applied import, as long as nothing was built upon it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal, refuse
from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import Affiliation, Charge, Membership, Organization, Person, Post
from pingyi.rosters import permissions, rules
from pingyi.rosters.enums import ImportState, LedgerKind
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations.apply import change_of, write_import_line
from pingyi.rosters.operations.writing import MODELS, row_columns, update_rows
from pingyi.rosters.queries.dependents import Dependents, dependents
from pingyi.rosters.queries.snapshot import register_snapshot
from pingyi.rosters.rules.changes import ADD, CHANGE, END

if TYPE_CHECKING:
    from pingyi.accounts.models import User

BATCH_SIZE = 2_000


@transaction.atomic
def undo_roster(*, roster_import: RosterImport, by: "User | None", now: datetime) -> None:
    """Take the last import back. Refuses, with the list, where later deeds depend on it."""
    locked = RosterImport.objects.select_for_update(no_key=True).get(pk=roster_import.pk)
    refuse(permissions.why_not_undo_roster(by, locked, now))
    changes = [change_of(row) for row in locked.changes.order_by("position")]
    made = _Made(changes)
    refuse(_why_built_upon(locked, changes, made))
    for model in (Charge, Post, Membership, Affiliation, Person, Organization):
        _delete(model, sorted(made.ids[model]))
    _restore(locked, changes)
    locked.state = ImportState.UNDONE
    locked.undone_at = now
    locked.undone_by = by
    locked.save(update_fields=["state", "undone_at", "undone_by"])
    write_import_line(LedgerKind.UNDONE, locked, by, now)


class _Made:
    """Ids of the rows that the import made, by model."""

    def __init__(self, changes: Sequence[rules.Change]) -> None:
        self.ids: dict[type[Model], set[int]] = {model: set() for model in MODELS.values()}
        for change in changes:
            if change.kind == ADD and change.object_id:
                self.ids[MODELS[change.model]].add(change.object_id)
        moved = [
            change for change in changes if (change.kind, change.model) == (CHANGE, "membership")
        ]
        people = {int(str((change.before or {})["person"])) for change in moved}
        old = {change.object_id for change in moved}
        # The open row of a moved member is the new one, unless the old one was corrected.
        self.ids[Membership] |= {
            id_ for id_ in _open_memberships(people | self.ids[Person]) if id_ not in old
        }
        placed = {
            change.object_id or 0
            for change in changes
            if (change.kind, change.model) in ((ADD, "organization"), (CHANGE, "affiliation"))
        }
        self.ids[Affiliation] = self._affiliations(changes, placed)

    @staticmethod
    def _affiliations(changes: Sequence[rules.Change], placed: set[int]) -> set[int]:
        """The open formal affiliations of new and moved organizations; a corrected one is old."""
        before = {
            change.object_id: (change.before or {}).get("since")
            for change in changes
            if (change.kind, change.model) == (CHANGE, "affiliation")
        }
        rows = Affiliation.objects.filter(
            organization_id__in=placed, kind=AffiliationKind.FORMAL, valid_to__isnull=True
        ).values_list("id", "organization_id", "valid_from")
        return {
            id_
            for id_, organization, begin in rows
            if organization not in before or before[organization] != begin.isoformat()
        }


def _open_memberships(people: set[int]) -> set[int]:
    """Ids of the open memberships of people."""
    found: set[int] = set()
    ordered = sorted(people)
    for start in range(0, len(ordered), BATCH_SIZE):
        found.update(
            Membership.objects.filter(
                person_id__in=ordered[start : start + BATCH_SIZE], valid_to__isnull=True
            ).values_list("id", flat=True)
        )
    return found


def _why_built_upon(
    roster_import: RosterImport, changes: list[rules.Change], made: _Made
) -> Refusal | None:
    """What was done later with the rows of the import."""
    hashes = {str((change.after or {}).get("identity_hash") or "") for change in changes} - {""}
    snapshot = register_snapshot(roster_import.scope, identity_hashes=hashes)
    changed = [
        _("{label} was changed later.").format(label=change.label)
        for change in rules.later_changes(changes, snapshot)
    ]
    later = dependents(made.ids)
    return permissions.why_not_undo_over(
        Dependents(len(changed) + later.count, changed + later.sentences)
    )


def _delete(model: type[Model], ids: Sequence[int]) -> None:
    """Delete rows that nothing refers to any more."""
    for start in range(0, len(ids), BATCH_SIZE):
        model._default_manager.filter(pk__in=ids[start : start + BATCH_SIZE]).delete()


def _restore(roster_import: RosterImport, changes: Sequence[rules.Change]) -> None:
    """Put back what was changed or ended."""
    by_model: dict[type[Model], list[tuple[int | None, dict[str, object]]]] = {
        model: [] for model in MODELS.values()
    }
    for change in changes:
        before = dict(change.before or {})
        if change.kind == ADD:
            continue
        if change.model == "affiliation":
            _restore_affiliation(change, before)
        elif change.kind == END:
            by_model[MODELS[change.model]].append((change.object_id, {"valid_to": None}))
        elif change.model == "membership":
            organization = Organization.objects.get(code=before["organization"])
            fields = row_columns({key: before[key] for key in ("standing", "valid_from")})
            fields |= {"organization_id": organization.pk, "valid_to": None}
            by_model[Membership].append((change.object_id, fields))
        else:
            by_model[MODELS[change.model]].append((change.object_id, row_columns(before)))
    for model, rows in by_model.items():
        update_rows(model, rows)
    ended = [
        change.object_id
        for change in changes
        if (change.kind, change.model) == (END, "organization")
    ]
    Affiliation.objects.filter(
        Q(organization_id__in=ended) | Q(parent_id__in=ended, kind=AffiliationKind.SECONDARY),
        valid_to=roster_import.effective_on,
    ).update(valid_to=None)


def _restore_affiliation(change: rules.Change, before: dict[str, object]) -> None:
    """The affiliation from before a move."""
    if before["parent"] is None:
        return
    parent = Organization.objects.get(code=before["parent"])
    Affiliation.objects.update_or_create(
        organization_id=change.object_id or 0,
        kind=AffiliationKind.FORMAL,
        valid_from=str(before["since"]),
        defaults={"parent": parent, "valid_to": None},
    )
