"""The grade that a named person or meeting decided for a subject of a ballot (ADR 0036)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DecidedGrade(models.Model):
    """The grade of an organization (no participant) or of somebody on a ballot.

    Decided anew, the row holds what was decided last; the ledger has both.
    """

    appraisal = models.ForeignKey(
        "appraisals.Appraisal", models.CASCADE, related_name="decided_grades"
    )
    form = models.CharField(max_length=40)
    participant = models.ForeignKey(
        "campaigns.Participant", models.CASCADE, null=True, blank=True, related_name="grades"
    )
    # Code of the pack's grade, and the one that the vote proposed; empty where it proposed none.
    grade = models.CharField(max_length=40)
    proposed = models.CharField(max_length=40, blank=True)
    # Needed where it is not what the vote proposed.
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # The person or meeting that decided, by name; decided_by is who typed it.
    decider = models.CharField(_("decided by"), max_length=100)
    decided_on = models.DateField(_("decided on"))
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["appraisal_id", "form", "participant_id"]
        constraints = [
            models.UniqueConstraint(
                name="somebody_has_one_grade_on_a_form",
                fields=["appraisal", "form", "participant"],
                condition=Q(participant__isnull=False),
            ),
            models.UniqueConstraint(
                name="organization_has_one_grade_on_a_form",
                fields=["appraisal", "form"],
                condition=Q(participant__isnull=True),
            ),
            models.CheckConstraint(
                name="grade_says_who_decided",
                condition=~(Q(grade="") | Q(decider="")),
                violation_error_message=_("State the grade and who decided it."),
            ),
            models.CheckConstraint(
                name="grade_other_than_voted_has_a_reason",
                condition=Q(grade=models.F("proposed")) | ~Q(reason=""),
                violation_error_message=_(
                    "A grade that is not what the vote proposed needs a reason."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.form} {self.participant_id} {self.grade}"
