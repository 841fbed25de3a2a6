"""What can be wrong with the ledger."""

from enum import StrEnum


class FaultKind(StrEnum):
    """What is wrong with the first wrong line."""

    MISSING = "missing"
    BODY_CHANGED = "body_changed"
    LINE_CHANGED = "line_changed"
    HISTORY_CHANGED = "history_changed"
    INSERTED = "inserted"
    HEAD_CHANGED = "head_changed"
    NOTED_ROOT_DIFFERS = "noted_root_differs"
