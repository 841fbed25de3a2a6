"""Which QR codes stand on a scanned sheet, read in a limited child process (scan_child).

What comes in is not trusted: the kind of file is told by its content, and nothing of it is opened
in this process.
"""

import json
import tempfile
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pingyi.core.refusals import Refusal
from pingyi.documents.workbooks import MIB, Limits, answered

CHILD = "pingyi.documents.scan_child"
SCAN_LIMITS = Limits(
    file_bytes=20 * MIB,
    memory_bytes=1024 * MIB,
    cpu_seconds=30,
    wall_seconds=60,
    output_bytes=MIB,
)
"""A sheet has one page or two; what needs more than that is none."""

SENTENCES: dict[str, Any] = {
    "empty_scan": _("The file is empty. Choose it again."),
    "large_scan": _("The file has {mib} MB; at most {limit} MB are taken. Scan it less finely."),
    "no_scan": _("This is no PDF, OFD, JPEG, PNG or TIFF, whatever its name says."),
    "locked_scan": _("The PDF is protected with a password. Save it without one."),
    "damaged_scan": _("The file is damaged or incomplete. Scan or save it once more."),
    "many_pages": _("The file has more than {limit} pages. Take the sheet alone."),
    "large_page": _("A page is too large to be looked at. Scan it less finely."),
    "slow_scan": _("The file takes too long to be looked at. Scan it less finely."),
}


class UnreadableScan(Refusal):
    """The file is no scanned sheet, or cannot be looked at."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(str(SENTENCES[code]).format(**params), code=code)


@dataclass(frozen=True)
class Scan:
    """What a file is (`pdf`, `ofd` or `picture`), and what the QR codes on its pages say.

    Of an OFD no page is drawn, so that it shows none. `is_bare` is a PDF of text and lines in grey
    alone: it bears no seal, no picture and no signature.
    """

    kind: str
    codes: tuple[str, ...]
    is_bare: bool = False


def read_scan(content: bytes, limits: Limits = SCAN_LIMITS) -> Scan:
    """Look at a file that is to be a scanned sheet. Raises UnreadableScan."""
    if not content:
        raise UnreadableScan("empty_scan")
    if len(content) > limits.file_bytes:
        sizes = {"mib": len(content) // MIB, "limit": limits.file_bytes // MIB}
        raise UnreadableScan("large_scan", **sizes)
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        with answered({"path": file.name}, limits, child=CHILD) as (answer, failure):
            line = answer.readline()
    if not line.endswith(b"\n"):
        raise UnreadableScan("slow_scan" if failure[0] == "takes_too_long" else "large_page")
    said = json.loads(line)
    for code, params in said.get("problems", []):
        raise UnreadableScan(code, **params)
    return Scan(said["kind"], tuple(said["codes"]), said["is_bare"])
