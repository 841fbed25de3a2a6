"""The appraisal of one organization in one round, stage by stage (N7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Appraisal(models.Model):
    """Begun when its first stage is recorded; the stages and their order are the pack's."""

    # Found by the constraint below, together with the unit.
    round = models.ForeignKey(
        "campaigns.Round", models.CASCADE, related_name="appraisals", db_index=False
    )
    unit = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="appraisals")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="unit_is_appraised_once_in_round", fields=["round", "unit"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.round_id}"


class StageRecord(models.Model):
    """What was done in a stage."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="stage_records")
    stage = models.CharField(max_length=40)
    held_on = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    content = models.TextField(_("record"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["appraisal_id", "id"]
        constraints = [
            models.UniqueConstraint(name="stage_is_recorded_once", fields=["appraisal", "stage"]),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.stage}"


class PanelStratum(models.Model):
    """How many of a stratum were due and present (N13)."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="panel")
    stratum = models.CharField(max_length=40)
    due = models.PositiveIntegerField(_("due"))
    present = models.PositiveIntegerField(_("present"))

    class Meta:
        ordering = ["appraisal_id", "id"]
        constraints = [
            models.UniqueConstraint(name="stratum_is_stated_once", fields=["appraisal", "stratum"]),
            models.CheckConstraint(
                name="stratum_present_is_at_most_due",
                condition=models.Q(present__lte=models.F("due")),
                violation_error_message=_("Not more can be present than are due."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stratum} {self.present}/{self.due}"


class Opinion(models.Model):
    """An opinion from the ballots, typed apart from the figures."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="opinions")
    text = models.TextField(_("opinion"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["appraisal_id", "id"]

    def __str__(self) -> str:
        return self.text[:40]
