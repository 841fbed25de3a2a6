"""What was sent to many at once: by somebody who urges, by the program every day."""

from django.db import models


class Urge(models.Model):
    """Somebody has urged those who owe what a list of the missing names."""

    # Key in doors.MISSING, and what the address said: "cx2011/first/T1".
    what = models.CharField(max_length=60)
    place = models.CharField(max_length=200)
    text = models.TextField()
    # How many were told.
    people = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(name="urges_of_a_list", fields=["what", "place", "-sent_at"])]

    def __str__(self) -> str:
        return f"{self.what} {self.place}: {self.people}"


class ReminderDay(models.Model):
    """That the reminders of a day have been begun: they are composed once."""

    day = models.DateField(unique=True)

    def __str__(self) -> str:
        return self.day.isoformat()
