"""A file comes in through the door; nothing of it is in the register yet."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import Refusal, refuse
from pingyi.organizations.models import Organization
from pingyi.rosters import permissions
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations.queue import enqueue

MIB = 1024 * 1024
LONGEST_NAME = 200
# What is known of a list, whichever columns are said to be what.
KEPT = (
    "headings", "samples", "shown_only", "places", "answers", "founded", "founded_on",
    "founded_under", "founded_level", "aside", "before",
)  # fmt: skip


@transaction.atomic
def upload_roster(
    *,
    content: bytes,
    filename: str,
    scope: Organization | None,
    effective_on: date,
    by: Actor,
    now: datetime,
    complete: bool = False,
    shown_only: bool = False,
    mapping: Mapping[str, Any] | None = None,
    queue: bool = True,
) -> RosterImport:
    """Keep the file with its hash and queue its preview (`queue=False`: the caller previews).

    `shown_only`: rows that are hidden, filtered out or struck through are left out.
    """
    refuse(permissions.why_not_import_roster(by, scope, now))
    if len(content) > settings.UPLOAD_LIMIT_BYTES:
        raise Refusal(
            _("The file has {mib} MB; at most {limit} MB are opened. Split it.").format(
                mib=len(content) // MIB, limit=settings.UPLOAD_LIMIT_BYTES // MIB
            ),
            code="file_too_large",
        )
    digest = sha256(content).hexdigest()
    roster_import = RosterImport(
        filename=PurePath(filename).name[-LONGEST_NAME:],
        sha256=digest,
        scope=scope,
        effective_on=effective_on,
        complete=complete,
        mapping={**(mapping or {}), **({"shown_only": True} if shown_only else {})},
        uploaded_at=now,
        uploaded_by=by,
    )
    # Named by its hash: the name people gave says nothing about what it is.
    roster_import.file.save(digest, ContentFile(content), save=False)
    roster_import.save()
    if queue:
        enqueue("preview", import_id=roster_import.pk)
    return roster_import


@transaction.atomic
def map_roster(
    *, roster_import: RosterImport, mapping: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    """Say which column of the list is what, and preview it again."""
    _again(roster_import, by, now, mapping)


@transaction.atomic
def place_roster(
    *,
    roster_import: RosterImport,
    places: Mapping[str, str],
    by: Actor,
    now: datetime,
    founded: Mapping[str, str] | None = None,
    founded_on: Mapping[str, str] | None = None,
    founded_under: Mapping[str, str] | None = None,
    founded_level: Mapping[str, str] | None = None,
    aside: Mapping[str, str] | None = None,
) -> None:
    """Say which organizations names in the file mean (rules.places), and which of the names are to
    be founded, with their sectors and, where that is known, the day on which they were, and with
    what is above them and their level where these are others than proposed (rules.proposals), and
    whether posts in remarks are taken over (rules.said_aside); and preview it again."""
    said = {
        "founded": founded, "founded_on": founded_on, "founded_under": founded_under,
        "founded_level": founded_level, "aside": aside,
    }  # fmt: skip
    given = {name: answers for name, answers in said.items() if answers}
    _again(roster_import, by, now, places=places, **given)


@transaction.atomic
def answer_roster(
    *, roster_import: RosterImport, answers: Mapping[str, str], by: Actor, now: datetime
) -> None:
    """Say whether new members with near names are the same people, and preview it again."""
    _again(roster_import, by, now, answers=answers)


@transaction.atomic
def take_posts(*, roster_import: RosterImport, by: Actor, now: datetime) -> None:
    """Take over posts that remarks name (rules.said_aside), and preview it again."""
    _again(roster_import, by, now, aside={"posts": "yes"})


@transaction.atomic
def preview_again(*, roster_import: RosterImport, by: Actor, now: datetime) -> None:
    """Compare the same file with the register as it is by now."""
    _again(roster_import, by, now)


def _again(
    roster_import: RosterImport,
    by: Actor,
    now: datetime,
    mapping: Mapping[str, Any] | None = None,
    **said: Mapping[str, str],
) -> None:
    """Back to reading, with what was said."""
    locked = RosterImport.objects.select_for_update(no_key=True).get(pk=roster_import.pk)
    refuse(permissions.why_not_preview_roster_again(by, locked, now))
    locked.state = ImportState.READING
    locked.done = locked.total = 0
    if mapping is not None:
        kept = {"headings": [], **locked.mapping}
        kept = {key: kept[key] for key in KEPT if key in kept}
        locked.mapping = kept | dict(mapping)
    for key, answers in said.items():
        locked.mapping = {**locked.mapping, key: {**locked.mapping.get(key, {}), **answers}}
    locked.save()
    enqueue("preview", import_id=locked.pk)


@transaction.atomic
def discard_roster(*, roster_import: RosterImport, by: Actor, now: datetime) -> None:
    """Put a preview aside. What it would have changed is forgotten, the file is kept."""
    locked = RosterImport.objects.select_for_update(no_key=True).get(pk=roster_import.pk)
    refuse(permissions.why_not_discard_roster(by, locked, now))
    locked.state = ImportState.DISCARDED
    locked.save(update_fields=["state"])
    locked.changes.all().delete()
