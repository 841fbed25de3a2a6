"""A meeting that reviews many in one sitting (会议点评)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.reviews.enums import MeetingState


class Meeting(models.Model):
    """One sitting: its grid is an autosaved draft until all reviews are saved at once."""

    round = models.ForeignKey("campaigns.Round", models.CASCADE, related_name="review_meetings")
    unit = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="review_meetings")
    reviewer = models.ForeignKey(
        "campaigns.Participant", models.CASCADE, related_name="review_meetings"
    )
    form = models.CharField(_("form"), max_length=40)
    held_on = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=100)
    themes = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.DRAFT)
    # {participant id: {"achievements": …, "problems": …, "direction": …}} while a draft.
    draft = models.JSONField(default=dict, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="meeting_state_is_known", condition=Q(state__in=MeetingState.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.held_on}"
