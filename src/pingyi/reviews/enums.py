"""Where a duty to review comes from, what a meeting's draft is, what a text shows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Code of the duty that a leader review fulfils (campaigns.doors.DUTIES).
DUTY = "review"


class AssignmentSource(TextChoices):
    """Why this leader reviews this unit or person (N1, N4)."""

    AFFILIATION = "affiliation", _("By affiliation")
    CHARGE = "charge", _("By division of labour")
    EDITED = "edited", _("Changed by hand")


class MeetingState(TextChoices):
    """A meeting's grid is a draft until it is saved all at once."""

    DRAFT = "draft", _("Draft")
    SAVED = "saved", _("Saved")
    DISCARDED = "discarded", _("Discarded")


class SignKind(TextChoices):
    """A sign of going through the motions (N5, N14); it stays after saving."""

    EMPTY = "empty", _("Empty part")
    THIN = "thin", _("Too thin")
    COPIED = "copied", _("Like another text")


class ReviewPart(TextChoices):
    """The three parts of every review (N5); a campaign says how it calls them."""

    ACHIEVEMENTS = "achievements", _("Achievements")
    PROBLEMS = "problems", _("Shortcomings")
    DIRECTION = "direction", _("Direction of efforts")
