"""Imports and their changes: which the actor sees, how far they are, where one may begin."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor, open_grants
from pingyi.accounts.queries import tops as reach
from pingyi.core.progress import progress_seen
from pingyi.organizations.models import Organization
from pingyi.organizations.queries import below
from pingyi.rosters.enums import ChangeKind, ImportState
from pingyi.rosters.models import RosterChange, RosterImport
from pingyi.rosters.rules.changes import Change, additions
from pingyi.rosters.rules.fields import OrganizationFields
from pingyi.rosters.rules.kept import from_json

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def root_scopes(actor: "User") -> list[Organization]:
    """Organizations at which the actor may begin an import."""
    chosen = {
        grant.organization_id: grant.organization
        for grant in open_grants(actor)
        if grant.role in Right.EDIT_REGISTER.roles
    }
    return sorted(chosen.values(), key=lambda organization: organization.code)


def imports_visible_to(actor: Actor, on: date) -> QuerySet[RosterImport]:
    """Imports into the actor's subtrees, and the own ones; latest first."""
    imports = RosterImport.objects.select_related("scope", "uploaded_by", "applied_by", "undone_by")
    if actor is None:
        return imports
    return imports.filter(Q(scope_id__in=below(sorted(reach(actor)), on)) | Q(uploaded_by=actor))


def imports_listed(actor: Actor, on: date) -> QuerySet[RosterImport]:
    """The same for a list, which shows nothing of what was found in their files."""
    return imports_visible_to(actor, on).defer("errors", "notes", "mapping", "counts")


def last_applied_id() -> int | None:
    """The import that could be undone."""
    applied = RosterImport.objects.filter(state=ImportState.APPLIED)
    return applied.order_by("-applied_at", "-id").values_list("id", flat=True).first()


def changes_of(import_: RosterImport, kind: str) -> QuerySet[RosterChange]:
    """Changes of one kind, in their order."""
    return import_.changes.filter(kind=kind).order_by("position")


def all_changes(import_: RosterImport) -> dict[int, Change]:
    """Every change by its key, in their order: read without a row of a model for each."""
    rows = import_.changes.order_by("position").values_list(
        "pk", "label", "sheet", "row", "object_id", "model", "said"
    )
    found = {}
    for pk, label, sheet, row, object_id, model, said in rows:
        before, after, person = from_json(model, said)
        found[pk] = Change(label, before, after, sheet, row, object_id, person)
    return found


def change_of(row: RosterChange) -> Change:
    """A kept change as the rules see it."""
    before, after, person = from_json(row.model, row.said)
    return Change(row.label, before, after, row.sheet, row.row, row.object_id, person)


def adds_a_top(import_: RosterImport) -> bool:
    """Whether it would add an organization above which there is none."""
    added = additions(map(change_of, changes_of(import_, ChangeKind.ADD)), OrganizationFields)
    return any(said.place.parent is None for _, _, said in added)


def change_counts(import_: RosterImport) -> dict[str, int]:
    """How many additions, changes and endings. One query."""
    rows = import_.changes.order_by().values_list("kind").annotate(n=Count("id"))
    return dict.fromkeys(ChangeKind.values, 0) | dict(rows)


def progress_path(import_: RosterImport) -> Path:
    """Where the writing of an import notes how far it is."""
    return Path(f"{import_.file.path}.progress")


def progress_of(import_: RosterImport) -> tuple[int, int]:
    """How much is done, of how much."""
    if import_.state == ImportState.APPLYING:
        return progress_seen(progress_path(import_))
    return import_.done, import_.total


def import_by_id(import_id: int) -> RosterImport:
    """The import with its scope."""
    return RosterImport.objects.select_related("scope").get(pk=import_id)


def imports_in(state: ImportState) -> QuerySet[RosterImport]:
    """Imports in this state, whosever they are."""
    return RosterImport.objects.filter(state=state)
