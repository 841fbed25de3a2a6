"""Writing files for people: a whole file or none of it."""

from pathlib import Path

from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, and its folders; Refusal `not_writable` leaves nothing half-written."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise Refusal(
            _("%(path)s cannot be written: %(why)s.") % {"path": path, "why": error.strerror},
            code="not_writable",
        ) from error
