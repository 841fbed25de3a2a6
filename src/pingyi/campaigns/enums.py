"""States of campaigns and rounds, how the universe is amended, deeds of a campaign."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CampaignState(TextChoices):
    """Life of a campaign. It begins with opening, which freezes the universe. One opened by mistake
    is cancelled while nothing was recorded in it; nobody sees it any more.
    """

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class RoundState(TextChoices):
    """Life of a round. Closing over unexplained gaps is refused (N4)."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class AmendmentKind(TextChoices):
    """How the frozen universe was changed after the cut-off, always with a reason."""

    PARTICIPANT_MOVED = "participant_moved", _("Person moved to another organization")
    PARTICIPANT_ADDED = "participant_added", _("Person added")
    PARTICIPANT_REMOVED = "participant_removed", _("Person removed")
    STANDING_CHANGED = "standing_changed", _("Standing changed")
    UNIT_MOVED = "unit_moved", _("Organization moved")
    UNIT_ADDED = "unit_added", _("Organization added")
    UNIT_REMOVED = "unit_removed", _("Organization removed")


class LedgerKind(TextChoices):
    """The deeds of a campaign that stand in the ledger; the last ones amend the universe."""

    CAMPAIGN_OPENED = "campaign.opened", _("Campaign opened")
    CAMPAIGN_CLOSED = "campaign.closed", _("Campaign closed")
    CAMPAIGN_CANCELLED = "campaign.cancelled", _("Campaign cancelled")
    SIGNING_IN_SETTLED = "campaign.signing_in_settled", _("Settled whether secretaries sign in")
    ROUND_OPENED = "round.opened", _("Round opened")
    ROUND_CLOSED = "round.closed", _("Round closed")
    ROUND_REOPENED = "round.reopened", _("Round opened again")
    ROUND_DATES_CHANGED = "round.dates_changed", _("Dates of the round changed")
    EXEMPTION_GRANTED = "exemption.granted", _("Exemption granted")
    EXEMPTIONS_GRANTED = "exemption.granted_many", _("Exemptions granted for the gaps")
    EXEMPTIONS_PROPOSED = "exemption.proposed", _("Exemptions proposed")
    EXEMPTION_PROPOSAL_DECIDED = (
        "exemption.proposal_decided",
        _("Proposed exemptions decided on"),
    )
    EXEMPTION_LIMIT_CHANGED = (
        "exemption.limit_changed",
        _("Number of gaps that one person may exempt changed"),
    )
    EXEMPTION_REVOKED = "exemption.revoked", _("Exemption revoked")
    PARTICIPANT_MOVED = "universe.participant_moved", _("Person moved to another organization")
    PARTICIPANT_ADDED = "universe.participant_added", _("Person added")
    PARTICIPANT_REMOVED = "universe.participant_removed", _("Person removed")
    STANDING_CHANGED = "universe.standing_changed", _("Standing changed")
    NAMESAKES_TOLD_APART = "universe.namesakes_told_apart", _("Namesakes told apart")
    UNIT_MOVED = "universe.unit_moved", _("Organization moved")
    UNIT_ADDED = "universe.unit_added", _("Organization added")
    UNIT_REMOVED = "universe.unit_removed", _("Organization removed")
