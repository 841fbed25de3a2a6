"""Where a duty to review comes from, states of a meeting, signs in a text, deeds of reviews."""

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


class LedgerKind(TextChoices):
    """The deeds on reviews that stand in the ledger."""

    ASSIGNED = "reviews.assigned", _("Reviewers assigned")
    REASSIGNED = "reviews.reassigned", _("Reviewer changed")
    HANDED_OVER = "reviews.handed_over", _("Reviews handed over")
    RECORDED = "review.recorded", _("Review recorded")
    FOLLOWED_UP = "review.followed_up", _("Follow-up recorded")
    WITHDRAWN = "review.withdrawn", _("Review withdrawn")
    PUBLISHED = "reviews.published", _("Reviews published")
    MEETING_BEGUN = "review_meeting.begun", _("Meeting begun")
    MEETING_SAVED = "review_meeting.saved", _("Meeting saved")
    MEETING_DISCARDED = "review_meeting.discarded", _("Meeting discarded")
