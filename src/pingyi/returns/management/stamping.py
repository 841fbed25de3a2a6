"""`pingyi returns sealed`: a sheet that was stamped outside is kept with its version."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pingyi.returns.management.forms import content_of
from pingyi.returns.operations.stamping import keep_stamped


def add_stamped_arguments(parser: ArgumentParser) -> None:
    """The file, of which version it is, and its number where no QR can be read."""
    parser.add_argument("file", metavar="FILE", help="PDF, OFD, JPEG, PNG or TIFF")
    parser.add_argument("--number", type=int, metavar="N", help="of this version; the latest")
    parser.add_argument(
        "--signs", default="", metavar="TEXT",
        help="the number printed on the sheet, where its QR cannot be read",
    )  # fmt: skip


def told_stamped(options: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """Keep it; what became of it."""
    path = Path(options["file"])
    kept = keep_stamped(
        content=content_of(path), filename=path.name, number=options["number"],
        signs=options["signs"], **given,
    )  # fmt: skip
    words = {
        "file": path.name,
        "number": kept.copy.version.number,
        "binding": kept.copy.get_binding_display(),
        "sha256": kept.copy.sha256,
    }
    if kept.is_again:
        return _("%(file)s: kept before with version %(number)d, SHA-256 %(sha256)s") % words
    sentence = _("%(file)s: kept with version %(number)d, %(binding)s; SHA-256 %(sha256)s")
    return sentence % words
