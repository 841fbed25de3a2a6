"""Files of evidence are kept, removed, and cleared away where no row names them (N14).

The file is written first, then its row in the transaction of the deed. Killed in between it lies
there without a row and goes with `clear_away`; a row without its file there never is.
"""

import os
import secrets
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import Refusal, refuse
from pingyi.core.space import why_not_write_files
from pingyi.documents.cleaned import Cleaned
from pingyi.rectification.enums import ItemDeed, LedgerKind
from pingyi.rectification.models import Evidence, Item
from pingyi.rectification.models.evidence import FOLDER
from pingyi.rectification.operations.steps import locked, write_line
from pingyi.rectification.rules.evidence import MOST_FILES, is_left_over, shown_name


@transaction.atomic
def keep_evidence(
    *, item: Item, content: Cleaned, filename: str, by: Actor, now: datetime
) -> Evidence:
    """Keep a file that was made anew (documents.cleaned) as evidence of an item.

    Refuses: not_the_owner, not_now, no_space, many_files, kept_already.
    """
    item = locked(item, ItemDeed.REPORT, by)
    refuse(why_not_write_files(len(content.content)))
    if item.files >= MOST_FILES:
        raise Refusal(
            _("%(n)d files are enough; remove one first.") % {"n": MOST_FILES}, code="many_files"
        )
    digest = sha256(content.content).hexdigest()
    if item.evidence_files.filter(sha256=digest).exists():
        raise Refusal(_("This very file is there already."), code="kept_already")
    made = Evidence(
        item=item, name=shown_name(filename), kind=content.kind, size=len(content.content),
        sha256=digest, uploaded_at=now, uploaded_by=by,
    )  # fmt: skip
    made.file.save(secrets.token_hex(16), ContentFile(content.content), save=False)
    _sync(Path(made.file.path))
    made.save()
    _count(item)
    body = {"number": item.number, "sha256": digest, "kind": content.kind, "size": made.size}
    write_line(LedgerKind.EVIDENCE_KEPT, item, body, rows=[item, made], by=by, now=now)
    return made


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: Actor, now: datetime) -> Item:
    """Take a file back that shows nothing; it goes from the disk afterwards.

    Refuses: not_the_owner, not_now, gone.
    """
    item = locked(evidence.item, ItemDeed.REPORT, by)
    if not Evidence.objects.filter(pk=evidence.pk).delete()[0]:
        raise Refusal(_("This file was removed already."), code="gone")
    _count(item)
    body = {"number": item.number, "sha256": evidence.sha256}
    write_line(LedgerKind.EVIDENCE_REMOVED, item, body, rows=[item, evidence], by=by, now=now)
    return item


def clear_away(*, now: datetime) -> int:
    """Remove the files that no row names, once nobody can be at them any more; how many."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    # The files first: a row that comes meanwhile is found.
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    old = [path for path in paths if is_left_over(_written_at(path), now.timestamp())]
    if not old:
        return 0
    named = set(Evidence.objects.values_list("file", flat=True))
    gone = [path for path in old if f"{FOLDER}/{path.name}" not in named]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _count(item: Item) -> None:
    item.files = item.evidence_files.count()
    item.save(update_fields=["files"])


def _sync(path: Path) -> None:
    """On the disk before its row is: the row alone would say what nobody can look at."""
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _written_at(path: Path) -> float:
    return path.stat().st_mtime
