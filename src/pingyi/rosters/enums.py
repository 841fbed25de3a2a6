"""States of an import, what one of its lines does, the deeds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    """Life of an imported workbook."""

    READING = "reading", _("Being read")
    REFUSED = "refused", _("Has errors")
    PREVIEWED = "previewed", _("Ready to apply")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Discarded")
    FAILED = "failed", _("Failed")


# The worker is still to do something.
UNFINISHED = (ImportState.READING, ImportState.APPLYING)


class ChangeKind(TextChoices):
    """What one line of an import does to the register."""

    ADD = "add", _("Addition")
    CHANGE = "change", _("Change")
    END = "end", _("Ending")


class LedgerKind(TextChoices):
    """The deeds on imports that stand in the ledger."""

    APPLIED = "register.import", _("Roster imported")
    UNDONE = "register.import_undone", _("Import undone")
