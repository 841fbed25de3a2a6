"""States of a vote counted in a meeting, deeds of an appraisal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Code of the duty that a signed count fulfils (campaigns.doors.DUTIES).
DUTY = "appraisal"


class CountState(TextChoices):
    """A count is a draft, then signed; a vote with too many ballots is void (rulebook §1).

    One that is opened again stays as it was signed; its figures go on as the next draft.
    """

    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")
    REOPENED = "reopened", _("Opened again")
    VOID = "void", _("Void")


class LedgerKind(TextChoices):
    """The deeds of an appraisal that stand in the ledger."""

    STAGE = "appraisal.stage", _("Stage recorded")
    PANEL = "appraisal.panel", _("Panel recorded")
    OPINION = "appraisal.opinion", _("Opinion recorded")
    COUNT_STARTED = "appraisal.count_started", _("Count begun")
    COUNT_SIGNED = "appraisal.count_signed", _("Count signed")
    COUNT_VOID = "appraisal.count_void", _("Vote declared void")
    COUNT_REOPENED = "appraisal.count_reopened", _("Count opened again")
    DECISION = "appraisal.decision", _("Decision recorded")
    GRADES = "appraisal.grades", _("Grades decided")
    BOX_PREPARED = "appraisal.box_prepared", _("Sealed box prepared")
    BOX_OPENED = "appraisal.box_opened", _("Sealed box opened")
    BOX_CLOSED = "appraisal.box_closed", _("Sealed box closed")
    BOX_COUNTED = "appraisal.box_counted", _("Sealed box counted")
    BOX_VOID = "appraisal.box_void", _("Sealed vote declared void")
