"""Backups: how old the last good one is, which are kept, and the button."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.keeping import permissions
from pingyi.keeping.enums import BackupState
from pingyi.keeping.operations.ask import ask_for
from pingyi.keeping.queries import backups as under_way
from pingyi.keeping.queries.folder import folder, kept_in, newest_copy, safe_since, second_folder
from pingyi.keeping.queries.soundness import disk
from pingyi.keeping.rules import kept as rules
from pingyi.ui.deeds import done_or_refused


@require_safe
def backups(request: Request) -> HttpResponse:
    """The age of the last good one above all; the button; all that are kept."""
    refuse(permissions.why_not_keep(request.user, request.now))
    tried, since = under_way.last_tried(), safe_since()
    done, total = under_way.progress()
    today = day_of(request.now)
    context = {
        "kept": kept_in(folder()),
        "disk": disk(request.now),
        "is_too_old": since is not None and rules.is_too_old(day_of(since), today),
        "is_working": under_way.backups_under_way().exists(),
        "tried": tried,
        "has_failed": tried is not None and tried.state == BackupState.FAILED,
        "done": done,
        "total": total,
        "folder": folder(),
        "second": second_folder(),
        "copied": newest_copy(),
        "rules": rules,
    }
    return render(request, "keeping/backups.html", context)


@require_safe
def progress(request: Request) -> HttpResponse:
    """How far it is, asked every second; when it is done the page is loaded again."""
    refuse(permissions.why_not_keep(request.user, request.now))
    if not request.htmx:
        return redirect("keeping:backups")
    if not under_way.backups_under_way().exists():
        return HttpResponse(headers={"HX-Refresh": "true"})
    done, total = under_way.progress()
    return render(request, "keeping/progress.html", {"done": done, "total": total})


@require_POST
def make(request: Request) -> HttpResponse:
    """Ask for a backup now."""
    return done_or_refused(request, ask_for, back=reverse("keeping:backups"))
