"""States of a download."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DownloadState(TextChoices):
    """Life of a file that somebody asked for."""

    WAITING = "waiting", pgettext_lazy("file", "Waits to be made")
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready to download")
    FAILED = "failed", _("Could not be made")


# The worker is still to do something.
UNFINISHED = (DownloadState.WAITING, DownloadState.MAKING)
