"""Failures to sign in that are not forgotten yet."""

from django.db import models


class FailedTries(models.Model):
    """How many there were in a row for a name, for one browser of a name, or from one place."""

    # "account:7", "browser:7:…", "name:…" of a name that nobody has, "place:203.0.113.9".
    key = models.CharField(max_length=80, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
