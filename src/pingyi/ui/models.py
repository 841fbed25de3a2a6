"""What pages remember of what was sent."""

from django.conf import settings
from django.db import models


class Sending(models.Model):
    """A form that was sent and whose deed was done: sent once more, it is not done once more.

    Kept for a day; written in the transaction of the deed (ui.sendings).
    """

    # Of who sent what from which page to which address.
    key = models.CharField(primary_key=True, max_length=64)
    sent_on = models.DateField(db_index=True)
    # Where the deed led on.
    led_to = models.TextField()

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.led_to}"


class Draft(models.Model):
    """What somebody has typed on a page and not sent yet (ui.drafts). No record: no ledger line."""

    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Where the form goes, and the page it stands on: each page has a draft of its own.
    address = models.TextField()
    page = models.CharField(max_length=60, unique=True)
    # {name of a field: [values]}, as they were sent.
    typed = models.JSONField()
    kept_at = models.DateTimeField(db_index=True)
    # Which saving of its page it is: one that was overtaken on its way counts no more.
    number = models.PositiveIntegerField(default=0)
    # Its deed is done, or it was discarded: kept for a day without its text.
    is_done = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["kept_by", "address"], name="draft_of_an_address")]

    def __str__(self) -> str:
        return f"{self.address} {self.kept_at:%Y-%m-%d %H:%M}"
