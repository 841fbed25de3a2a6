"""The sender's own rows, with what is wrong marked in them."""

from pathlib import Path

from django.conf import settings

from pingyi.documents.marked_copies import MarkedCopy, Mistake
from pingyi.documents.workbooks import Limits
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.messages import issue_line
from pingyi.rosters.rules.issues import Issue


def marked_copy(made: RosterImport) -> MarkedCopy:
    """The file of an import with its errors: those that name a cell or a row."""
    issues = [Issue(**kept) for kept in made.errors]
    mistakes = [
        Mistake(issue.sheet, issue.cell, issue_line(issue).sentence)
        for issue in issues
        if issue.cell
    ]
    limits = Limits(file_bytes=settings.UPLOAD_LIMIT_BYTES)
    return MarkedCopy(Path(made.file.path), tuple(mistakes), limits)
