"""A version comes back on paper with the stamp of the office: kept, and bound to it (N12)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.campaigns.queries import round_held, units_locked
from pingyi.core.refusals import Refusal, refuse
from pingyi.core.space import why_not_write_files
from pingyi.documents.scans import Scan, read_scan
from pingyi.returns.enums import Binding, LedgerKind
from pingyi.returns.models import StampedCopy, Version
from pingyi.returns.operations.taking import write_line
from pingyi.returns.permissions import why_not_keep_stamped, why_not_stamped
from pingyi.returns.queries.sentences import no_such_version
from pingyi.returns.queries.stamped import (
    copy_of_file,
    kept_for_another,
    of_another_version,
    version_named,
    version_numbered,
    version_of,
)
from pingyi.returns.rules.stamps import digests_in, is_draft, names, number_of, signs_typed

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

LONGEST_NAME = 200


@dataclass(frozen=True)
class Kept:
    """A stamped copy. `is_again`: the same file was there before."""

    copy: StampedCopy
    is_again: bool = False


def keep_stamped(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    number: int | None = None,
    content: bytes,
    filename: str,
    signs: str = "",
    scan: Scan | None = None,
    by: Actor,
    now: datetime,
) -> Kept:
    """Keep a file as the stamped copy of a version, the latest where no `number` is given.

    `scan` is what was seen on it, where somebody has looked already: that takes seconds, for which
    nobody else is to wait, so it belongs before any transaction (ADR 0021).
    Which version it is says its QR; where none can be read, whoever uploads it types the `signs`
    printed on the sheet. Refuses what is no scanned sheet (documents.scans), no_such_version,
    a_draft, of_another_version, of_no_version_here, signs_missing, other_signs, not_stamped (it is
    the sheet as it was fetched), and whoever does not report the unit's tables.
    """
    refuse(why_not_keep_stamped(by, unit))
    scan = scan or read_scan(content)
    refuse(why_not_write_files(len(content)))
    with transaction.atomic():
        return _kept(
            round_=round_, unit=unit, table=table, number=number, content=content,
            filename=filename, signs=signs, scan=scan, by=by, now=now,
        )  # fmt: skip


def _kept(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    number: int | None,
    content: bytes,
    filename: str,
    signs: str,
    scan: Scan,
    by: Actor,
    now: datetime,
) -> Kept:
    digest = sha256(content).hexdigest()
    round_ = round_held(round_)
    unit = units_locked([unit.pk])[unit.pk]
    unit.campaign = round_.campaign
    refuse(why_not_keep_stamped(by, unit))
    version = version_numbered(round_, unit, table, number)
    if version is None:
        raise Refusal(no_such_version(), code="no_such_version")
    binding = _binding(version, scan, signs_typed(signs))
    refuse(why_not_stamped(is_bare=scan.is_bare))
    if (before := copy_of_file(digest)) is not None:
        refuse(kept_for_another(before, version))
        return Kept(before, is_again=True)
    made = StampedCopy(
        version=version, sha256=digest, kind=scan.kind, binding=binding,
        filename=PurePath(filename.replace("\\", "/")).name[-LONGEST_NAME:],
        uploaded_at=now, uploaded_by=by,
    )  # fmt: skip
    # Named by its hash: the name people gave says nothing about what it is.
    made.file.save(digest, ContentFile(content), save=False)
    made.save()
    row = version.of_return
    row.round, row.unit = round_, unit
    body = {
        "version": version.number, "digest": version.digest, "sha256": digest, "binding": binding,
    }  # fmt: skip
    write_line(LedgerKind.STAMPED, row, body, by, now, rows=[made])
    return Kept(made)


def _binding(version: Version, scan: Scan, typed: str) -> Binding:
    """How the file is known to be that version's; refused where it is another's, or unknown."""
    said = digests_in(scan.codes)
    for digest in said:
        if digest != version.digest:
            raise _of_another(version_of(digest))
    if said:
        return Binding.CODE
    if is_draft(scan.codes):
        sentence = _("These are figures that nobody sealed. Fetch the sheet of the version.")
        raise Refusal(sentence, code="a_draft")
    if not typed:
        sentence = _("No QR can be read in the file: type the number printed beside it.")
        raise Refusal(sentence, code="signs_missing")
    if names(typed, version.digest):
        return Binding.HAND
    # Only among those of the unit: who guesses learns nothing of others.
    if (other := version_named(version.of_return.unit_id, typed)) is not None:
        raise _of_another(other)
    sentence = _("The number of this version is %(number)s: compare it with the sheet.")
    raise Refusal(sentence % {"number": number_of(version.digest)}, code="other_signs")


def _of_another(version: Version | None) -> Refusal:
    if version is None:
        sentence = _("The sheet belongs to a version that is not kept here.")
        return Refusal(sentence, code="of_no_version_here")
    return of_another_version(version)
