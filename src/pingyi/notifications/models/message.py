"""A message to somebody, and its way as an e-mail: the outbox (ADR 0031)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.notifications.enums import UNCLEAR, DeliveryState, MessageKind
from pingyi.notifications.models.way import OnItsWay

LONGEST_SUBJECT = 200


class Message(models.Model):
    """What somebody is told. Written once: whatever it is about has a key of its own."""

    to = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=MessageKind)
    # What it is about: "reminder:2011-06-21".
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField()
    # A page of this program, "/campaigns/…".
    link = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(db_index=True)
    # Nobody: the program itself.
    written_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # By whom it is to.
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(name="messages_of_somebody", fields=["to", "-written_at", "-id"]),
            models.Index(
                name="messages_not_read", fields=["to"], condition=Q(read_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_kind_is_known", condition=Q(kind__in=MessageKind.values)
            ),
            models.UniqueConstraint(
                name="message_is_written_once",
                fields=["to", "key"],
                violation_error_message=_("This has been said already."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(OnItsWay):
    """A message on its way as an e-mail; none where there is no address or no wish for it."""

    message = models.OneToOneField(
        Message, models.CASCADE, primary_key=True, related_name="delivery"
    )

    class Meta(OnItsWay.Meta):
        abstract = False
        indexes = [
            models.Index(
                name="deliveries_that_wait",
                fields=["not_before"],
                condition=Q(state=DeliveryState.WAITING),
            ),
            models.Index(name="deliveries_in_hand", fields=["taken_by"], condition=~Q(taken_by="")),
            models.Index(
                name="deliveries_unclear", fields=["state"], condition=Q(state__in=UNCLEAR)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_state_is_known", condition=Q(state__in=DeliveryState.values)
            ),
            models.CheckConstraint(
                name="delivery_is_sent_at_a_moment",
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False),
            ),
        ]
