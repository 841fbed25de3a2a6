"""States of a backup."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BackupState(TextChoices):
    """Life of a backup that the program makes into its own folder."""

    WAITING = "waiting", _("Waits to be backed up")
    MAKING = "making", _("Being backed up")
    READY = "ready", _("Backed up")
    FAILED = "failed", _("Could not be backed up")


# The worker is still to do something.
UNFINISHED = (BackupState.WAITING, BackupState.MAKING)
