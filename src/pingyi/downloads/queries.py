"""Reads of downloads: whose they are, where their files lie, what waits for somebody."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.queries import open_grants
from pingyi.core.progress import progress_seen
from pingyi.core.seen import fingerprint
from pingyi.downloads.doors import DOCUMENTS, Asked, Document
from pingyi.downloads.enums import UNFINISHED, DownloadState
from pingyi.downloads.models import Download
from pingyi.ui.doors import LINES_SHOWN, Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def downloads_of(actor: "User") -> QuerySet[Download]:
    """What the actor asked for, the latest first; nobody sees what others asked for."""
    return Download.objects.filter(asked_by=actor)


def downloads_under_way() -> QuerySet[Download]:
    """What waits for a worker or is being made, whosever it is."""
    return Download.objects.filter(state__in=UNFINISHED)


def download_by_id(pk: int) -> Download | None:
    """The download, unless it was removed meanwhile."""
    return Download.objects.select_related("asked_by").filter(pk=pk).first()


def document_of(download: Download, now: datetime) -> Document:
    """The document as whoever asked for it may have it now; Refusal or Http404 where not."""
    asked = Asked(download.place, download.query)
    return DOCUMENTS[download.what](download.asked_by, asked, now)


def latest_of(actor: "User", seal: str, now: datetime) -> Download | None:
    """What the actor has of the same: being made, or made and still kept."""
    mine = downloads_of(actor).filter(seal=seal)
    being_made = mine.filter(state__in=UNFINISHED)
    return being_made.first() or mine.filter(state=DownloadState.READY, kept_until__gt=now).first()


def seal_of(what: str, asked: Asked, language: str) -> str:
    """Fingerprint of what is asked for, in which language."""
    return fingerprint([what, dict(asked.place), dict(asked.query), language])


def sight_of(actor: "User") -> str:
    """Fingerprint of the roles of somebody, which decide what a list shows them."""
    return fingerprint(sorted((grant.role, grant.organization_id) for grant in open_grants(actor)))


def path_of(download: Download) -> Path:
    """Where its file lies."""
    return Path(settings.DOWNLOADS) / download.token


def folder_of(download: Download) -> Path:
    """Where its file is being made."""
    return path_of(download).with_suffix(".making")


def progress_path(download: Download) -> Path:
    """Where its making notes how far it is."""
    return path_of(download).with_suffix(".progress")


def progress_of(download: Download) -> tuple[int, int]:
    """How many lines are written, of how many."""
    return progress_seen(progress_path(download))


def worklist(actor: "User", round_: object, _today: date) -> Worklist:
    """Waiting: files that are ready and not fetched yet, and those that could not be made.

    They belong to no round.
    """
    if round_ is not None:
        return Worklist()
    finished = downloads_of(actor).exclude(state__in=UNFINISHED).filter(is_settled=False)
    words = {
        DownloadState.READY.value: (_("File is ready to download"), _("Fetch it")),
        DownloadState.FAILED.value: (_("File could not be made"), _("Look at it")),
    }
    return Worklist(
        waiting=[
            Item(
                words[each.state][0],
                each.title,
                None,
                "todo",
                reverse("downloads:download", args=[each.pk]),
                words[each.state][1],
            )
            for each in finished[:LINES_SHOWN]
        ]
    )
