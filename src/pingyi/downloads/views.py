"""Lists as files: short ones at once, long ones made by a worker and fetched from their page."""

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.documents.lists import write_list
from pingyi.downloads import permissions
from pingyi.downloads.doors import DOCUMENTS, Asked, Document
from pingyi.downloads.enums import UNFINISHED, DownloadState
from pingyi.downloads.operations import ask
from pingyi.downloads.queries import downloads_of, latest_of, path_of, progress_of, seal_of
from pingyi.downloads.rules import KEPT, is_long
from pingyi.ui import downloads as files
from pingyi.ui.deeds import done_or_refused, form_page

if TYPE_CHECKING:
    from pingyi.downloads.models import Download


@form_page
def document(request: Request, what: str, **place: str) -> HttpResponse:
    """A list that an address of its room offers: at once where it is short; else POST asks for it.

    GET of a long one says how long it is and what will be done, and what there is of it already.
    """
    asked = Asked(place, request.GET.dict())
    found = DOCUMENTS[what](request.user, asked, request.now)
    lines = found.count()
    if not is_long(found.kind, lines):
        return _at_once(request, found)
    if request.method == "POST":
        deed = partial(ask.ask_for, what=what, asked=asked)
        return done_or_refused(request, deed, back=request.get_full_path(), to=_page_of)
    seal = seal_of(what, asked, get_language() or "")
    context = {
        "document": found,
        "lines": lines,
        "back": f"{found.page}?{request.GET.urlencode()}",
        "refusal": permissions.why_not_make(request.user, found.kind, lines),
        "latest": latest_of(request.user, seal, request.now),
        "hours": KEPT.total_seconds() // 3600,
    }
    return render(request, "downloads/ask.html", context)


@require_safe
def download(request: Request, pk: int) -> HttpResponse:
    """How far a file is; once it is ready, the button that fetches it."""
    found = _mine(request, pk)
    done, total = progress_of(found)
    context = {
        "download": found,
        "is_working": found.state in UNFINISHED,
        "is_failed": found.state == DownloadState.FAILED,
        "done": done,
        "total": total,
        "refusal": permissions.why_not_fetch(request.user, found, request.now),
    }
    return render(request, "downloads/download.html", context)


@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """How far it is, asked every second; when it is done the page is loaded again."""
    found = _mine(request, pk)
    if not request.htmx:
        return redirect(_page_of(found))
    if found.state not in UNFINISHED:
        return HttpResponse(headers={"HX-Refresh": "true"})
    done, total = progress_of(found)
    context = {"download": found, "done": done, "total": total}
    return render(request, "downloads/progress.html", context)


@require_POST
def fetch(request: Request, pk: int) -> HttpResponse:
    """The file."""
    found = _mine(request, pk)
    deed = partial(ask.fetch, download=found)
    return done_or_refused(request, deed, back=_page_of(found), to=_file_of)


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Ask once more for what could not be made."""
    found = _mine(request, pk)
    deed = partial(ask.ask_again, download=found)
    return done_or_refused(request, deed, back=_page_of(found), to=_page_of)


def _at_once(request: Request, found: Document) -> HttpResponse:
    content = BytesIO()
    write_list(found.table(), found.kind, content, made_at=request.now)
    return files.download(content.getvalue(), found.name)


def _file_of(found: "Download") -> HttpResponse:
    return files.stream(path_of(found).open("rb"), found.name)


def _page_of(found: "Download") -> str:
    return reverse("downloads:download", args=[found.pk])


def _mine(request: Request, pk: int) -> "Download":
    """What one asked for oneself; 404 for what others did."""
    found = downloads_of(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
