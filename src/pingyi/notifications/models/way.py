"""What every e-mail on its way keeps (ADR 0031)."""

from uuid import uuid4

from django.db import models

from pingyi.notifications.enums import DeliveryState

LONGEST_ERROR = 300


def new_name() -> str:
    """What makes the Message-ID of an e-mail, the same however often it is tried."""
    return uuid4().hex


class OnItsWay(models.Model):
    """An e-mail, from waiting to sent."""

    name = models.CharField(max_length=32, unique=True, default=new_name, editable=False)
    state = models.CharField(max_length=20, choices=DeliveryState, default=DeliveryState.WAITING)
    # Not tried before: the end of the quiet hours, or of the pause after a try.
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    # The lease of the sender that has it in hand (ADR 0017).
    taken_by = models.CharField(max_length=40, blank=True)
    # To which address it goes; of a message, went.
    address = models.EmailField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=LONGEST_ERROR, blank=True)

    class Meta:
        abstract = True
        ordering = ["not_before", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
