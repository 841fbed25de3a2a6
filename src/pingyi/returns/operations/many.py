"""Many forms come in at once: each is taken over, or refused, by itself (N12)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal, refuse
from pingyi.core.space import why_not_write_files
from pingyi.documents.form_cells import FORM_LIMITS
from pingyi.documents.unpacking import MOST_FILES, Unpacked, is_archive, unpacked
from pingyi.documents.workbooks import MIB
from pingyi.returns.enums import BatchState
from pingyi.returns.models import Batch, BatchFile
from pingyi.returns.operations.intake import LONGEST_NAME, take_in
from pingyi.returns.permissions import why_not_hand_in_many, why_not_take_up

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round

# Tasks stand above operations, so they are found by name.
TASK = "pingyi.returns.tasks.take_in_many"
MOST_OF_A_PROBLEM = 300
MOST_UNPACKED = 100 * MIB
File = tuple[str, bytes]


@transaction.atomic
def hand_in_many(*, round_: "Round", files: Sequence[File], by: "User", now: datetime) -> Batch:
    """Keep files that were sent together, those in zips one by one, and queue their intake.

    Refuses files_too_large, too_many_files, no_file, and whoever hands in no form of the round.
    """
    refuse(why_not_hand_in_many(by, round_))
    size = sum(len(content) for _name, content in files)
    if size > settings.UPLOAD_LIMIT_BYTES:
        sentence = _("The files have %(mib)d MB together; at most %(limit)d MB are taken at once.")
        sizes = {"mib": size // MIB, "limit": settings.UPLOAD_LIMIT_BYTES // MIB}
        raise Refusal(sentence % sizes, code="files_too_large")
    refuse(why_not_write_files(size))
    batch = Batch.objects.create(
        round=round_, language=get_language() or "", sent_at=now, sent_by=by
    )
    BatchFile.objects.bulk_create(
        _kept(batch, position, each) for position, each in enumerate(_one_by_one(files), start=1)
    )
    _queue(batch)
    return batch


def _queue(batch: Batch) -> None:
    """Not before it is committed: each form is taken over in a transaction of its own."""
    transaction.on_commit(lambda: import_string(TASK).enqueue(batch_id=batch.pk))


def _one_by_one(files: Iterable[File]) -> list[Unpacked]:
    found: list[Unpacked] = []
    held = 0
    for each in _all_of(files):
        found.append(each)
        held += len(each.content or b"")
        if len(found) > MOST_FILES:
            sentence = _("There are more than %(limit)d files: hand them in by parts.")
            raise Refusal(sentence % {"limit": MOST_FILES}, code="too_many_files")
        if held > MOST_UNPACKED:
            sentence = _("The archive would unpack to more than %(limit)d MB: hand it in by parts.")
            raise Refusal(sentence % {"limit": MOST_UNPACKED // MIB}, code="files_too_large")
    if not found:
        raise Refusal(_("There is no file in the archive."), code="no_file")
    return found


def _all_of(files: Iterable[File]) -> Iterator[Unpacked]:
    for name, content in files:
        if is_archive(content):
            yield from unpacked(content, FORM_LIMITS.file_bytes)
        else:
            yield Unpacked(name, content)


def _kept(batch: Batch, position: int, file: Unpacked) -> BatchFile:
    name = PurePath(file.name.replace("\\", "/")).name[-LONGEST_NAME:]
    made = BatchFile(batch=batch, position=position, filename=name, content=file.content)
    if file.content is None:
        made.problem = _("It is locked with a password or damaged in the archive.")
    return made


def take_in_waiting(*, batch: Batch, now: datetime) -> None:
    """Take over each form that waits, in its order. Begun again it goes on where it was: what was
    taken over before has the same receipt.
    """
    with translation.override(batch.language):
        for pk in batch.files.filter(content__isnull=False).values_list("pk", flat=True):
            _take_in(batch, BatchFile.objects.get(pk=pk), now)
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.DONE)


def _take_in(batch: Batch, file: BatchFile, now: datetime) -> None:
    content = bytes(file.content or b"")
    try:
        outcome = take_in(
            content=content, filename=file.filename, round_=batch.round, by=batch.sent_by, now=now
        )
        file.intake, file.is_again = outcome.intake, outcome.is_again
    except Refusal as refusal:
        file.problem = str(refusal)[:MOST_OF_A_PROBLEM]
    file.content = None
    file.save()


def break_off(*, batch: Batch) -> None:
    """No worker is at it any more; what was taken over stays, the rest waits to be taken up."""
    Batch.objects.filter(pk=batch.pk, state=BatchState.WAITING).update(state=BatchState.FAILED)


@transaction.atomic
def take_up(*, batch: Batch, by: "User", now: datetime) -> Batch:  # noqa: ARG001  as every deed
    """Go on with what was broken off."""
    refuse(why_not_take_up(by, batch))
    if Batch.objects.filter(pk=batch.pk, state=BatchState.FAILED).update(state=BatchState.WAITING):
        _queue(batch)
    return batch
