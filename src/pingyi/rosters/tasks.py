"""Long work of the room, done by a worker, and its lists as files."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from pingyi.accounts.queries import user_by_id
from pingyi.core.clock import day_of, read_now
from pingyi.core.refusals import Refusal, refuse
from pingyi.downloads.doors import Asked, Document
from pingyi.organizations.queries import memberships_below, organization_with_code
from pingyi.rosters import operations
from pingyi.rosters.enums import ImportState
from pingyi.rosters.exports.marked import marked_copy
from pingyi.rosters.exports.register import register_book
from pingyi.rosters.permissions import why_not_export_roster, why_not_mark_roster
from pingyi.rosters.queries.imports import import_by_id, imports_visible_to
from pingyi.ui.downloads import file_name

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.rosters.models import RosterImport


@task()
def preview(import_id: int) -> None:
    """Read a file and compare it with the register; taken up again, from the beginning."""
    roster_import = import_by_id(import_id)
    if roster_import.state != ImportState.READING:
        return
    try:
        operations.preview_roster(roster_import=roster_import)
    except Exception:
        operations.fail_roster(roster_import=roster_import, code="broken_off")
        raise


@task()
def apply(import_id: int, user_id: int | None) -> None:
    """Write a previewed file into the register; taken up again, where nothing was written."""
    roster_import = import_by_id(import_id)
    if roster_import.state != ImportState.APPLYING:
        return
    by = user_by_id(user_id)
    try:
        operations.apply_roster(roster_import=roster_import, by=by, now=read_now())
    except Refusal as refusal:
        # The person sees on the page why nothing was written.
        labels = [str(detail) for detail in refusal.details]
        operations.fail_roster(roster_import=roster_import, code=refusal.code, labels=labels)
    except Exception:
        operations.fail_roster(roster_import=roster_import, code="broken_off")
        raise


def give_up(roster_import: "RosterImport") -> None:
    """What no worker will do any more can be previewed again by hand."""
    operations.fail_roster(roster_import=roster_import, code="broken_off")


def register(actor: "User", asked: Asked, now: datetime) -> Document:
    """What the register holds of an organization and below, in the layout of the template."""
    scope = organization_with_code(asked.place["unit_code"])
    if scope is None or why_not_export_roster(actor, scope, now) is not None:
        # Whoever may not import there does not see that there is anything.
        raise Http404
    on = day_of(now)
    return Document(
        title=_("Roster of {name}").format(name=scope.name),
        name=file_name(scope.name, _("roster"), kind="xlsx"),
        page=reverse("rosters:list"),
        count=memberships_below([scope.pk], on).count,
        table=partial(register_book, scope, on),
    )


def marked(actor: "User", asked: Asked, now: datetime) -> Document:
    """The rows that somebody sent, with what is wrong marked in them: for the sender alone."""
    made = imports_visible_to(actor, day_of(now)).filter(pk=asked.place["pk"]).first()
    if made is None:
        raise Http404
    refuse(why_not_mark_roster(actor, made))
    return Document(
        title=_("{file} with its errors marked").format(file=made.filename),
        name=file_name(made.filename.rpartition(".")[0], _("errors marked"), kind="xlsx"),
        page=reverse("rosters:preview", args=[made.pk]),
        count=lambda: made.total,
        table=partial(marked_copy, made),
    )
