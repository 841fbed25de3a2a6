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


class Answer(TextChoices):
    """Whether somebody new is a member with a near name, and which of the names is right."""

    OTHER = "other", _("Another person")
    SAME = "same", _("The same person, as the register writes the name")
    RENAMED = "renamed", _("The same person, as the list writes the name")


class LedgerKind(TextChoices):
    """The deeds on imports that stand in the ledger."""

    APPLIED = "register.import", _("Roster imported")
    UNDONE = "register.import_undone", _("Import undone")
