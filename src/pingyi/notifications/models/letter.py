"""A letter to an address: for people without an account, such as who e-mails a form."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.notifications.enums import UNCLEAR, DeliveryState
from pingyi.notifications.models.message import LONGEST_SUBJECT
from pingyi.notifications.models.way import OnItsWay

LONGEST_REFERENCE = 300


class Letter(OnItsWay):
    """What is written to an address, once; nobody reads it here, so it is always sent."""

    # What it is about: "mail:17".
    key = models.CharField(max_length=200, unique=True, error_messages={"unique": _(
        "This has been written already."
    )})  # fmt: skip
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField()
    # The Message-ID of the e-mail that it answers.
    answers_to = models.CharField(max_length=LONGEST_REFERENCE, blank=True)
    # What goes with it, made when it is sent: whose door knows it (doors.ENCLOSURES), and its key.
    enclosure = models.CharField(max_length=60, blank=True)
    enclosed = models.CharField(max_length=60, blank=True)
    written_at = models.DateTimeField()

    class Meta(OnItsWay.Meta):
        abstract = False
        indexes = [
            models.Index(
                name="letters_that_wait",
                fields=["not_before"],
                condition=Q(state=DeliveryState.WAITING),
            ),
            models.Index(name="letters_in_hand", fields=["taken_by"], condition=~Q(taken_by="")),
            models.Index(name="letters_unclear", fields=["state"], condition=Q(state__in=UNCLEAR)),
            models.Index(name="letters_to_an_address", fields=["address", "written_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="letter_state_is_known", condition=Q(state__in=DeliveryState.values)
            ),
            models.CheckConstraint(
                name="letter_is_sent_at_a_moment",
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(name="letter_has_an_address", condition=~Q(address="")),
        ]
