"""States of a return, what a cell can say instead of a number, and the deeds on the tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReturnState(TextChoices):
    """Where the answer of a unit to one table stands (N12)."""

    OPEN = "open", _("To be filled in")
    SEALED = "sealed", _("Sealed")
    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("Accepted")
    SENT_BACK = "sent_back", _("Sent back")
    WAIVED = "waived", _("Waived")


class ReturnDeed(TextChoices):
    """What is done to a return; who does it, from which state, stands in rules.workflow."""

    SEAL = "seal", _("Seal")
    SUBMIT = "submit", _("Submit")
    WITHDRAW = "withdraw", _("Withdraw")
    ACCEPT = "accept", _("Accept")
    SEND_BACK = "send_back", _("Send back")
    EXTEND = "extend", _("Extend")
    WAIVE = "waive", _("Waive")
    CLAIM = "claim", _("Ask for it again")
    DROP = "drop", _("Drop the amendment")


class Notice(TextChoices):
    """What the other side is told of a deed on a return."""

    SUBMITTED = "submitted", _("To be examined: %(tables)s of %(unit)s")
    ACCEPTED = "accepted", _("Accepted: %(tables)s of %(unit)s")
    SENT_BACK = "sent_back", _("Sent back: %(tables)s of %(unit)s")
    EXTENDED = "extended", _("Deadline extended: %(tables)s of %(unit)s")
    WAIVED = "waived", _("Need not be answered: %(tables)s of %(unit)s")
    CLAIMED = "claimed", _("Asked for after all: %(tables)s of %(unit)s")


class IntakeState(TextChoices):
    """What became of a form that came in."""

    SUBMITTED = "submitted", _("Taken over")
    UNCHANGED = "unchanged", _("Nothing to be done")
    REFUSED = "refused", _("To be mended")


class BatchState(TextChoices):
    """How far forms are that were handed in together."""

    WAITING = "waiting", _("being read")
    DONE = "done", _("all read")
    FAILED = "failed", _("broken off")


class ScanKind(TextChoices):
    """What a sheet that was stamped comes back as."""

    PDF = "pdf", "PDF"
    OFD = "ofd", "OFD"
    PICTURE = "picture", _("picture")


class Binding(TextChoices):
    """How a stamped copy is known to be that of its version."""

    CODE = "code", _("by its QR")
    HAND = "hand", _("by hand, by its number")


class Word(TextChoices):
    """What a cell says where it holds no number. Blank, which is none of these: not filled in."""

    NIL = "nil", _("nil")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    UNKNOWN = "unknown", _("unknown")


class LedgerKind(TextChoices):
    """The deeds on the tables that stand in the ledger."""

    FILLED_IN = "tables.filled_in", _("Head and foot of the tables filled in")
    CORRECTED = "return.corrected", _("Other figures than the counted ones entered")
    SEALED = "return.sealed", _("Return sealed")
    SUBMITTED = "return.submitted", _("Return submitted")
    WITHDRAWN = "return.withdrawn", _("Return withdrawn")
    ACCEPTED = "return.accepted", _("Return accepted")
    SENT_BACK = "return.sent_back", _("Return sent back")
    EXTENDED = "return.extended", _("Deadline of a return extended")
    WAIVED = "return.waived", _("Return waived")
    DROPPED = "return.dropped", _("Amendment of a return dropped")
    CLAIMED = "return.claimed", _("Waived return asked for again")
    STAMPED = "return.stamped", _("Stamped copy of a return kept")
    RECEIVED = "return.form_received", _("Form with tables received")
