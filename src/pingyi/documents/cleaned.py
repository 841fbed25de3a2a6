"""Pictures and PDFs of others, made anew in a limited child process (clean_child).

What comes in is not trusted: the kind of file is told by its content, nothing of it is opened in
this process, and what is kept is a new file of what is seen.
"""

import json
import tempfile
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pingyi.core.refusals import Refusal
from pingyi.documents.workbooks import MIB, Limits, answered

CHILD = "pingyi.documents.clean_child"
CLEAN_LIMITS = Limits(
    file_bytes=20 * MIB,
    memory_bytes=1024 * MIB,
    cpu_seconds=30,
    wall_seconds=60,
    output_bytes=20 * MIB,
)
"""A photograph has a few MB; what needs more than that is none."""

SENTENCES: dict[str, Any] = {
    "empty_evidence": _("The file is empty. Choose it again."),
    "large_evidence": _("The file has {mib} MB; at most {limit} MB are taken."),
    "no_evidence": _("This is no JPEG, PNG or PDF, whatever its name says."),
    "locked_evidence": _("The PDF is protected with a password. Save it without one."),
    "damaged_evidence": _("The file is damaged or incomplete. Save it once more."),
    "many_evidence_pages": _("The file has more than {limit} pages. Take those that show it."),
    "large_picture": _("The picture is too large to be looked at. Make it smaller."),
    "slow_evidence": _("The file takes too long to be looked at. Save it more simply."),
}


class UnfitFile(Refusal):
    """The file is neither a picture nor a PDF, or cannot be made anew."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(str(SENTENCES[code]).format(**params), code=code)


@dataclass(frozen=True)
class Cleaned:
    """A new file: `jpeg`, `png` or `pdf`."""

    kind: str
    content: bytes


def why_not_clean(size: int, limits: Limits = CLEAN_LIMITS) -> Refusal | None:
    """Whether so many bytes are looked at, said before they are read."""
    if not size:
        return UnfitFile("empty_evidence")
    if size > limits.file_bytes:
        sizes = {"mib": size // MIB, "limit": limits.file_bytes // MIB}
        return UnfitFile("large_evidence", **sizes)
    return None


def cleaned(content: bytes, limits: Limits = CLEAN_LIMITS) -> Cleaned:
    """What is seen of a picture or a PDF, as a new file. Raises UnfitFile."""
    refusal = why_not_clean(len(content), limits)
    if refusal is not None:
        raise refusal
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        with answered({"path": file.name}, limits, child=CHILD) as (answer, failure):
            line, made = answer.readline(), answer.read()
    said: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {"size": -1}
    for code, params in said.get("problems", []):
        raise UnfitFile(code, **params)
    if said["size"] != len(made):
        raise UnfitFile("slow_evidence" if failure[0] == "takes_too_long" else "large_picture")
    return Cleaned(said["kind"], made)
