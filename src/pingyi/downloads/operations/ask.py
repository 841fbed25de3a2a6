"""Somebody asks for a file that takes long, and comes back for it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from pingyi.core.refusals import refuse
from pingyi.core.space import why_not_write_files
from pingyi.downloads import permissions
from pingyi.downloads.doors import DOCUMENTS, Asked
from pingyi.downloads.enums import UNFINISHED
from pingyi.downloads.models import Download
from pingyi.downloads.queries import document_of, seal_of

if TYPE_CHECKING:
    from pingyi.accounts.models import User

TASK = "pingyi.downloads.tasks.make"


@transaction.atomic
def ask_for(*, what: str, asked: Asked, by: "User", now: datetime) -> Download:
    """Queue the making of a list as a file. What is still being made is not made twice.

    Refuses where the disk has no space for it.
    """
    document = DOCUMENTS[what](by, asked, now)
    refuse(why_not_write_files())
    refuse(permissions.why_not_make(by, document.kind, document.count()))
    language = get_language() or ""
    # Two who ask at once: the database keeps the second out, which then finds the first.
    download, is_new = Download.objects.filter(state__in=UNFINISHED).get_or_create(
        asked_by=by,
        seal=seal_of(what, asked, language),
        defaults={
            "what": what,
            "place": dict(asked.place),
            "query": dict(asked.query),
            "language": language,
            "title": document.title,
            "name": document.name,
            "asked_at": now,
        },
    )
    if is_new:
        import_string(TASK).enqueue(download_id=download.pk)
    return download


@transaction.atomic
def ask_again(*, download: Download, by: "User", now: datetime) -> Download:
    """Ask once more for what could not be made."""
    refuse(permissions.why_not_ask_again(download))
    Download.objects.filter(pk=download.pk).update(is_settled=True)
    asked = Asked(download.place, download.query)
    return ask_for(what=download.what, asked=asked, by=by, now=now)


def fetch(*, download: Download, by: "User", now: datetime) -> Download:
    """Note that the file is fetched. Whether it may be had is asked again, as when it was made."""
    refuse(permissions.why_not_fetch(by, download, now))
    document_of(download, now)
    Download.objects.filter(pk=download.pk).update(is_settled=True)
    return download
