"""States and deeds of a rectification item (rulebook §5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemState(TextChoices):
    """Registered (挂号), assigned (交办), reported as done, closed (销号), reopened (复号)."""

    REGISTERED = "registered", _("Registered")
    ASSIGNED = "assigned", _("Assigned")
    REPORTED = "reported", _("To be checked")
    CLOSED = "closed", _("Closed off")
    REOPENED = "reopened", _("Reopened")


class SourceKind(TextChoices):
    """What an item can come from; the columns of a source are called so."""

    OPINION = "opinion", _("Opinions")
    FLAG = "flag", _("Decisions")
    REVIEW = "review", _("Problems named in reviews")


class ItemDeed(TextChoices):
    """What may be done with an item."""

    ASSIGN = "assign", _("Assign")
    REPORT = "report", _("Report as done")
    CLOSE = "close", _("Close off")
    REOPEN = "reopen", pgettext_lazy("rectification", "Reopen")


class EvidenceKind(TextChoices):
    """What a file of evidence is, by its content; each is made anew when it comes in."""

    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    PDF = "pdf", "PDF"


class LedgerKind(TextChoices):
    """The deeds of a rectification that stand in the ledger."""

    REGISTERED = "rectification.registered", _("Rectification item registered")
    TAKEN_BACK = "rectification.taken_back", _("Registration undone")
    SET_ASIDE = "rectification.set_aside", _("Opinions set aside")
    ASSIGNED = "rectification.assigned", _("Rectification item assigned")
    REPORTED = "rectification.reported", _("Rectification reported")
    EVIDENCE_KEPT = "rectification.evidence_kept", _("Evidence uploaded")
    EVIDENCE_REMOVED = "rectification.evidence_removed", _("Evidence removed")
    CLOSED = "rectification.closed", _("Rectification item closed off")
    REOPENED = "rectification.reopened", _("Rectification item reopened")
