"""States and deeds of a public commitment (rulebook §6)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommitmentState(TextChoices):
    """提 proposed, 审 examined (or sent back), 示 published, 践 kept, 督 checked, 评 appraised."""

    PROPOSED = "proposed", pgettext_lazy("commitment", "Proposed")
    SENT_BACK = "sent_back", pgettext_lazy("commitment", "Sent back")
    EXAMINED = "examined", pgettext_lazy("commitment", "Examined")
    PUBLISHED = "published", pgettext_lazy("commitment", "Published")
    KEPT = "kept", pgettext_lazy("commitment", "Reported as kept")
    CHECKED = "checked", pgettext_lazy("commitment", "Checked")
    APPRAISED = "appraised", pgettext_lazy("commitment", "Appraised")


class CommitmentDeed(TextChoices):
    """What may be done with a commitment."""

    REVISE = "revise", pgettext_lazy("commitment", "Revise")
    EXAMINE = "examine", pgettext_lazy("commitment", "Examine")
    SEND_BACK = "send_back", pgettext_lazy("commitment", "Send back")
    PUBLISH = "publish", pgettext_lazy("commitment", "Publish")
    KEEP = "keep", pgettext_lazy("commitment", "Report progress")
    CHECK = "check", pgettext_lazy("commitment", "Check")
    APPRAISE = "appraise", pgettext_lazy("commitment", "Appraise")


class Fulfilment(TextChoices):
    """What was found when it was checked."""

    WHOLE = "whole", pgettext_lazy("commitment", "kept")
    PART = "part", pgettext_lazy("commitment", "kept in part")
    NOT = "not", pgettext_lazy("commitment", "not kept")


class LedgerKind(TextChoices):
    """The deeds on commitments that stand in the ledger."""

    PROPOSED = "commitment.proposed", _("Commitment proposed")
    REVISED = "commitment.revised", _("Commitment revised")
    EXAMINED = "commitment.examined", _("Commitment examined")
    SENT_BACK = "commitment.sent_back", _("Commitment sent back")
    PUBLISHED = "commitment.published", _("Commitment published")
    KEPT = "commitment.kept", _("Progress of a commitment reported")
    CHECKED = "commitment.checked", _("Commitment checked")
    APPRAISED = "commitment.appraised", _("Commitment appraised")
