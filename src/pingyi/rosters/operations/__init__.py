"""Importing a roster: upload, preview, apply, undo, discard."""

from pingyi.rosters.operations.apply import apply_roster, start_apply
from pingyi.rosters.operations.preview import fail_roster, preview_roster
from pingyi.rosters.operations.rows import import_rows
from pingyi.rosters.operations.undo import undo_roster
from pingyi.rosters.operations.upload import (
    answer_roster,
    discard_roster,
    map_roster,
    place_roster,
    preview_again,
    take_posts,
    upload_roster,
)

__all__ = [
    "answer_roster",
    "apply_roster",
    "discard_roster",
    "fail_roster",
    "import_rows",
    "map_roster",
    "place_roster",
    "preview_again",
    "preview_roster",
    "start_apply",
    "take_posts",
    "undo_roster",
    "upload_roster",
]
