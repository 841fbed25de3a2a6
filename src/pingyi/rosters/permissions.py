"""Who may import a roster, apply it and undo it. One sentence guards the deed and the button."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import Refusal
from pingyi.organizations.models import Organization
from pingyi.register.permissions import (
    why_not_create_organization,
    why_not_edit_organization,
    why_not_edit_register,
)
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.dependents import Dependents, used_by_others
from pingyi.rosters.queries.imports import last_applied_id
from pingyi.rosters.queries.messages import issue_lines
from pingyi.rosters.rules.near_members import NEAR
from pingyi.rosters.rules.settle import QUESTIONS

ASKED = frozenset({"ends_most", "name_doubtful", "rows_near", "column_like", "identity_guessed"})


def why_not_import_roster(
    actor: Actor, scope: Organization | None, now: datetime
) -> Refusal | None:
    """Below an organization one edits; at the top only into an empty register."""
    return why_not_create_organization(actor, scope, now)


def why_not_export_roster(actor: Actor, scope: Organization, now: datetime) -> Refusal | None:
    """Whoever may import it again."""
    return why_not_edit_organization(actor, scope, now)


def why_not_mark_roster(actor: Actor, roster_import: RosterImport) -> Refusal | None:
    """The file as it was sent holds whole identity numbers: only who sent it gets it back, and only
    where it was read and has errors in its cells."""
    if actor is None or roster_import.uploaded_by_id != actor.pk:
        return Refusal(_("Only who sent the file gets it back."), code="not_the_sender")
    if not any(error["cell"] for error in roster_import.errors):
        return Refusal(_("Nothing is wrong in the cells of this file."), code="nothing_to_mark")
    return None


def why_not_preview_roster_again(
    actor: Actor, roster_import: RosterImport, now: datetime
) -> Refusal | None:
    """A file that was neither applied nor put aside, and is not being worked on."""
    allowed = {ImportState.PREVIEWED, ImportState.REFUSED, ImportState.FAILED}
    return _why_not_in_state(roster_import, allowed) or why_not_import_roster(
        actor, roster_import.scope, now
    )


def why_not_discard_roster(
    actor: Actor, roster_import: RosterImport, now: datetime
) -> Refusal | None:
    """The same files as can be previewed again."""
    return why_not_preview_roster_again(actor, roster_import, now)


def why_not_apply_roster(
    actor: Actor, roster_import: RosterImport, now: datetime
) -> Refusal | None:
    """Only what was previewed without errors, and only where it changes anything."""
    if roster_import.state == ImportState.REFUSED:
        if all(error["code"] in QUESTIONS for error in roster_import.errors):
            return Refusal(
                _("Say first which organizations are meant."), code="import_has_questions"
            )
        return Refusal(
            _("The file has errors. Mend them and upload it again."), code="import_has_errors"
        )
    return (
        _why_not_in_state(roster_import, {ImportState.PREVIEWED})
        or why_nothing_to_apply(roster_import.counts)
        or why_not_import_roster(actor, roster_import.scope, now)
    )


def why_nothing_to_apply(counts: Mapping[str, Mapping[str, int]]) -> Refusal | None:
    """Where a comparison has found no change, nothing is written."""
    if any(counts.values()):
        return None
    return Refusal(
        _("The register says the same as the file. There is nothing to apply."),
        code="nothing_to_apply",
    )


def why_not_unasked(roster_import: RosterImport) -> Refusal | None:
    """What is written only where somebody has confirmed it: a file that ends most of what it is
    imported into, names that are probably none, people who are perhaps one, and a column that only
    what stands in it makes one of identity numbers."""
    found = [issue for issue in roster_import.notes if issue["code"] in ASKED]
    codes = [issue["code"] for issue in found]
    sentences = [str(line) for line in issue_lines(found)]
    if near := sum(issue["code"] == NEAR for issue in roster_import.notes):
        codes.append(NEAR)
        sentences.append(_unanswered(near))
    return Refusal(" ".join(sentences), code=codes[0]) if codes else None


def _unanswered(number: int) -> str:
    return ngettext(
        "{n} question about a name that is nearly that of a member has no answer: applied so, "
        "they are two people.",
        "{n} questions about names that are nearly those of members have no answer: applied so, "
        "they are two people each.",
        number,
    ).format(n=number)


def why_not_undo_roster(actor: Actor, roster_import: RosterImport, now: datetime) -> Refusal | None:
    """Only the last applied import, and only while no other room has built upon it."""
    reason = _why_not_in_state(roster_import, {ImportState.APPLIED})
    if reason is not None:
        return reason
    if last_applied_id() != roster_import.pk:
        return Refusal(
            _("Only the last import can be undone. Undo the later ones first."),
            code="not_the_last_import",
        )
    if roster_import.scope is None:
        reason = why_not_edit_register(actor)
    else:
        reason = why_not_edit_organization(actor, roster_import.scope, now)
    return reason or why_not_undo_over(used_by_others(roster_import))


def why_not_undo_over(later: Dependents) -> Refusal | None:
    """What was built upon an import would lose its ground."""
    if not later.count:
        return None
    return Refusal(
        ngettext(
            "This import cannot be undone: {n} later entry depends on it. "
            "Correct the register with another import.",
            "This import cannot be undone: {n} later entries depend on it. "
            "Correct the register with another import.",
            later.count,
        ).format(n=later.count),
        code="built_upon",
        details=later.sentences,
    )


def _why_not_in_state(roster_import: RosterImport, states: Iterable[str]) -> Refusal | None:
    if roster_import.state in states:
        return None
    return Refusal(
        _("This import is in the state “{state}”.").format(state=roster_import.get_state_display()),
        code="import_state",
    )
