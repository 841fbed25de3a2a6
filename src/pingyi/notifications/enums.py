"""Kinds of messages, states of an e-mail, and the deeds that stand in the ledger."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessageKind(TextChoices):
    """What a message is."""

    REMINDER = "reminder", _("Reminder")
    URGE = "urge", _("Urged")
    # Somebody else has done something that concerns them.
    NOTICE = "notice", _("Notice")


class DeliveryState(TextChoices):
    """Life of an e-mail (ADR 0031)."""

    WAITING = "waiting", pgettext_lazy("e-mail", "Waits to be sent")
    # A sender has it; the mail server knows nothing of it yet.
    TAKEN = "taken", pgettext_lazy("e-mail", "About to be sent")
    # From here on the mail server may have taken it.
    HANDED_OVER = "handed_over", pgettext_lazy("e-mail", "Being handed over")
    SENT = "sent", pgettext_lazy("e-mail", "Sent")
    # Whoever handed it over was lost before the answer came.
    DOUBTFUL = "doubtful", pgettext_lazy("e-mail", "Perhaps sent")
    GIVEN_UP = "given_up", pgettext_lazy("e-mail", "Not sent")
    # Read meanwhile, too old, or no longer wanted.
    DROPPED = "dropped", pgettext_lazy("e-mail", "No longer needed")


# A sender has it in hand.
IN_HAND = (DeliveryState.TAKEN, DeliveryState.HANDED_OVER)
# A person is asked what is to become of it.
UNCLEAR = (DeliveryState.DOUBTFUL, DeliveryState.GIVEN_UP)


class LedgerKind(TextChoices):
    """The deeds on messages that stand in the ledger."""

    URGED = "notification.urged", _("Urged those who owe something")
    ADDRESS_CHOSEN = "notification.address_chosen", _("E-mail address chosen")
    ADDRESS_CONFIRMED = "notification.address_confirmed", _("E-mail address confirmed")
    FEED_MADE = "notification.feed_made", _("Calendar address made")
    FEED_REVOKED = "notification.feed_revoked", _("Calendar address revoked")
