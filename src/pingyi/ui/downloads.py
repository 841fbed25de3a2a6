"""Documents as files that a browser keeps."""

import re
from typing import BinaryIO, cast

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ofd": "application/ofd",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
}


# What no file system or browser takes in a name, and what would begin or end one.
UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
LONGEST = 40


def file_name(*parts: str, kind: str) -> str:
    """A name as a clerk would give it, "示范镇党委_附件1_第一次.pdf": of what stands there, each
    part without signs that no file can have, and not longer than can be read.
    """
    fit = [UNFIT.sub("-", part).strip(" .-_")[:LONGEST] for part in parts]
    return f"{'_'.join(part for part in fit if part)}.{kind}"


def stream(file: BinaryIO, name: str) -> HttpResponse:
    """A file that lies on the disk, piece by piece; no browser or proxy keeps it."""
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type=CONTENT_TYPES[name.rpartition(".")[2]],
        headers={"Cache-Control": "no-store"},
    )
    # Of the same base, which views need not know.
    return cast("HttpResponse", answer)


def foreign(file: BinaryIO, name: str) -> HttpResponse:
    """The same of a file that came from outside: nothing in it may run where it is opened."""
    answer = stream(file, name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def download(content: bytes, name: str) -> HttpResponse:
    """A file of the kind that its name ends with; codes in Chinese stay whole in the name."""
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[name.rpartition(".")[2]],
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
