"""What became of e-mails, and the deeds on addresses that stand in the ledger."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """What became of an e-mail."""

    # Begun: its forms are being taken in, one after the other.
    RECEIVED = "received", _("Being read")
    TAKEN_OVER = "taken_over", _("Taken over")
    TO_BE_MENDED = "to_be_mended", _("To be mended")
    OTHER_UNIT = "other_unit", _("Form of another unit")
    UNKNOWN_SENDER = "unknown_sender", _("Address of no unit")
    NO_FILE = "no_file", _("Nothing attached")
    WRONG_FILE = "wrong_file", _("No workbook attached")
    PACKED = "packed", _("Attachment is packed")
    WINMAIL = "winmail", _("Attachment in winmail.dat")
    NESTED = "nested", _("Form inside of a forwarded e-mail")
    ENCRYPTED = "encrypted", _("Encrypted")
    TOO_MANY = "too_many", _("Too many workbooks")
    TOO_LARGE = "too_large", _("Too large, not opened")
    UNREADABLE = "unreadable", _("No e-mail that can be read")
    TOO_OLD = "too_old", _("Of long ago, not read")
    PROGRAM = "program", _("Written by a program")
    BOUNCE = "bounce", _("Could not be delivered")
    OURS = "ours", _("Written by this program")
    NOBODY = "nobody", _("Without a sender")
    FORGED = "forged", _("Sender is forged")
    FAILED = "failed", _("Reading failed")


class Silence(TextChoices):
    """Why an e-mail is not answered; blank where it is, or is not yet."""

    NEVER = "never", _("not answered")
    UNASKED = "unasked", _("asks for no answer")
    BEFORE = "before", _("was told before")
    ENOUGH = "enough", _("enough answers for today")


class LedgerKind(TextChoices):
    """The deeds on addresses that stand in the ledger."""

    BOUND = "mailbox.address_bound", _("E-mail address bound to a unit")
    UNBOUND = "mailbox.address_unbound", _("E-mail address no longer bound")
