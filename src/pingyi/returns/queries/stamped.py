"""Versions that were stamped outside, and the files that show it (N12)."""

from typing import TYPE_CHECKING

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from pingyi.campaigns.queries import pack_of
from pingyi.core.refusals import Refusal
from pingyi.returns.enums import ScanKind
from pingyi.returns.models import StampedCopy, Version
from pingyi.returns.queries.said import MOST
from pingyi.returns.queries.sentences import annex_of
from pingyi.returns.rules.stamps import names

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

PICTURES = ("jpg", "jpeg", "png", "tif", "tiff")


def version_numbered(
    round_: "Round", unit: "Unit", table: str, number: int | None
) -> Version | None:
    """A version of a unit's return to a table; the latest where no number is given."""
    rows = Version.objects.select_related("of_return").filter(
        of_return__round=round_, of_return__unit=unit, of_return__table=table
    )
    if number is None:
        return rows.filter(pk=F("of_return__latest")).first()
    return rows.filter(number=number).first() if number <= MOST else None


def version_of(digest: str) -> Version | None:
    """The version with this digest."""
    rows = Version.objects.select_related("of_return__round__campaign", "of_return__unit")
    return rows.filter(digest=digest).first()


def version_named(unit_id: int, typed: str) -> Version | None:
    """The version of a unit whose digest begins with what was typed."""
    rows = Version.objects.filter(of_return__unit=unit_id).values_list("digest", flat=True)
    return next((version_of(digest) for digest in rows if names(typed, digest)), None)


def copies_of(version: Version) -> QuerySet[StampedCopy]:
    """The stamped copies of a version with who uploaded them, the latest first."""
    return version.stamped.select_related("uploaded_by").order_by("-pk")


def copy_of_file(digest: str) -> StampedCopy | None:
    """The stamped copy that this very file is, by its SHA-256."""
    rows = StampedCopy.objects.select_related(
        "version__of_return__round__campaign", "version__of_return__unit"
    )
    return rows.filter(sha256=digest).first()


def suffix_of(copy: StampedCopy) -> str:
    """How the name of the file ends: by what it is, a picture as whoever uploaded it named it."""
    if copy.kind != ScanKind.PICTURE:
        return copy.kind
    named = copy.filename.rpartition(".")[2].lower()
    return named if named in PICTURES else "jpg"


def of_another_version(version: Version) -> Refusal:
    """Which version a file belongs to, where it was uploaded to another."""
    row = version.of_return
    sentence = _(
        "The file belongs to version %(number)d of %(table)s of %(unit)s (%(round)s): "
        "upload it there."
    )
    words = {
        "number": version.number,
        "table": annex_of(pack_of(row.round.campaign), row.table),
        "unit": row.unit.name,
        "round": row.round.name,
    }
    return Refusal(sentence % words, code="of_another_version")


def kept_for_another(copy: StampedCopy, version: Version) -> Refusal | None:
    """What was uploaded to one version is not uploaded to another."""
    return of_another_version(copy.version) if copy.version_id != version.pk else None
