"""A backup that was asked for, or is made daily."""

from django.db import models
from django.db.models import Q

from pingyi.keeping.enums import UNFINISHED, BackupState


class Backup(models.Model):
    """The making of a backup; the file itself lies in the folder, and says of itself what it is."""

    state = models.CharField(max_length=10, choices=BackupState, default=BackupState.WAITING)
    asked_at = models.DateTimeField()
    # Nobody: the daily one.
    asked_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Why there is none, or what is to be said of the one there is.
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="backup_state_is_known", condition=Q(state__in=BackupState.values)
            ),
            # Two at once would only wait for each other's disk.
            models.UniqueConstraint(
                name="backup_waits_and_is_made_once",
                fields=["state"],
                condition=Q(state__in=UNFINISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"backup of {self.asked_at:%Y-%m-%d %H:%M} ({self.state})"
