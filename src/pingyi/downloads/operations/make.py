"""Making a file: streamed into a folder of its own, put in its place as a whole."""

import os
import shutil
from datetime import datetime

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from pingyi.core.progress import progress
from pingyi.core.refusals import Refusal, refuse
from pingyi.documents.lists import write_list
from pingyi.downloads import permissions
from pingyi.downloads.enums import UNFINISHED, DownloadState
from pingyi.downloads.models import Download
from pingyi.downloads.operations.remove import remove
from pingyi.downloads.queries import document_of, folder_of, path_of, progress_path, sight_of
from pingyi.downloads.rules import KEPT

ONLY_OURS, ONLY_OUR_FOLDER = 0o600, 0o700


def make(*, download: Download, now: datetime) -> None:
    """Make the file in the language and with the rights of whoever asked, and keep it for a while.

    Begun again, it begins from the beginning. Why it may not be made is kept for whoever asked.
    """
    here = Download.objects.filter(pk=download.pk)
    if not here.filter(state__in=UNFINISHED).update(state=DownloadState.MAKING):
        return
    # Roles that change while it is made are not those with which it is fetched.
    sight = sight_of(download.asked_by)
    with translation.override(download.language):
        try:
            _write(download, now)
        except Refusal as refusal:
            fail(download=download, problem=str(refusal), now=now)
            return
        except Http404:
            problem = _("You can no longer see what this file is about.")
            fail(download=download, problem=problem, now=now)
            return
    here.update(state=DownloadState.READY, sight=sight, kept_until=now + KEPT)
    same = Download.objects.filter(asked_by=download.asked_by_id, seal=download.seal)
    for older in same.filter(state=DownloadState.READY, pk__lt=download.pk):
        remove(older)


def fail(*, download: Download, problem: str = "", now: datetime) -> None:
    """Note why a file could not be made; nothing where it was broken off."""
    shutil.rmtree(folder_of(download), ignore_errors=True)
    Download.objects.filter(pk=download.pk, state__in=UNFINISHED).update(
        state=DownloadState.FAILED, problem=problem, kept_until=now + KEPT
    )


def _write(download: Download, now: datetime) -> None:
    document = document_of(download, now)
    lines = document.count()
    refuse(permissions.why_not_make(download.asked_by, document.kind, lines))
    folder = folder_of(download)
    # What a worker that was lost has left.
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(mode=ONLY_OUR_FOLDER, parents=True, exist_ok=True)
    folder.mkdir(mode=ONLY_OUR_FOLDER)
    half = folder / "file"
    with progress(progress_path(download), lines) as far:
        with os.fdopen(
            os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OURS), "wb"
        ) as file:
            write_list(
                document.table(), document.kind, file, made_at=now, told=far.reach, folder=folder
            )
            file.flush()
            os.fsync(file.fileno())
        half.replace(path_of(download))
    shutil.rmtree(folder)
