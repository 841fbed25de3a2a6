"""States of campaigns and rounds, and how the universe is amended."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CampaignState(TextChoices):
    """Life of a campaign. It begins with opening, which freezes the universe."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


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
