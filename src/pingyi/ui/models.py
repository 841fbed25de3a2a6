"""What pages remember of what was sent."""

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
