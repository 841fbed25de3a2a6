"""What can be wrong with the ledger, and the line that every room must know."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LedgerKind(TextChoices):
    """The very first line of a demo; every page and document of such a database says so."""

    DEMO_BUILT = "demo.built", _("Demo built")


class FaultKind(StrEnum):
    """What is wrong with the first wrong line."""

    MISSING = "missing"
    BODY_CHANGED = "body_changed"
    LINE_CHANGED = "line_changed"
    HISTORY_CHANGED = "history_changed"
    INSERTED = "inserted"
    HEAD_CHANGED = "head_changed"
    NOTED_ROOT_DIFFERS = "noted_root_differs"


class RowFaultKind(StrEnum):
    """What is wrong with a row for which the ledger stands; "maybe" where an entry that cannot be
    read may have done it."""

    CHANGED = "changed"
    REMOVED = "removed"
    UNKNOWN = "unknown"
    MAYBE_CHANGED = "maybe_changed"
    MAYBE_REMOVED = "maybe_removed"
    MAYBE_UNKNOWN = "maybe_unknown"
