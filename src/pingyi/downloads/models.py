"""A file that somebody asked for."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from pingyi.downloads.enums import UNFINISHED, DownloadState


def new_token() -> str:
    """By which name the file lies in the folder: nobody can guess it."""
    return uuid4().hex


class Download(models.Model):
    """A list as a file, in the state of its making. Removed, file and row, after `kept_until`."""

    # Key in DOCUMENTS, and what the address said.
    what = models.CharField(max_length=60)
    place = models.JSONField(default=dict, blank=True)
    query = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10)
    # Fingerprint of these four: what is asked for twice is the same work.
    seal = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=DownloadState, default=DownloadState.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    # Fingerprint of the roles with which it was made: a file shows no more than its reader may see.
    sight = models.CharField(max_length=16, blank=True)
    # Why it could not be made, in the words of whoever refused; empty where it was broken off.
    problem = models.TextField(blank=True)
    kept_until = models.DateTimeField(null=True, blank=True)
    # Fetched, or asked for again: nothing waits for anybody any more.
    is_settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="download_state_is_known", condition=Q(state__in=DownloadState.values)
            ),
            models.CheckConstraint(
                name="download_is_kept_until_a_moment",
                condition=Q(state__in=UNFINISHED) | Q(kept_until__isnull=False),
            ),
            models.UniqueConstraint(
                name="download_is_asked_for_once",
                fields=["asked_by", "seal"],
                condition=Q(state__in=UNFINISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
