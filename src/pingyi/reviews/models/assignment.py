"""Who must review whom in a round (N4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.reviews.enums import AssignmentSource


def has_one_subject(name: str) -> models.CheckConstraint:
    """Constraint: the subject is either a unit or a participant."""
    return models.CheckConstraint(
        name=name,
        condition=Q(unit__isnull=True, participant__isnull=False)
        | Q(unit__isnull=False, participant__isnull=True),
    )


class Assignment(models.Model):
    """One unit or person to be reviewed in a round, and by whom.

    Derived when the round opens; reassigned with a reason. Without a reviewer where nobody could
    be derived: the office sees it and assigns one.
    """

    round = models.ForeignKey("campaigns.Round", models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(
        "campaigns.Participant",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="assignments_given",
    )
    unit = models.ForeignKey(
        "campaigns.Unit", models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    participant = models.ForeignKey(
        "campaigns.Participant", models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    source = models.CharField(max_length=20, choices=AssignmentSource)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(name="assignment_by_reviewer", fields=["round", "reviewer"]),
            # Few of very many: whether somebody changed any at all.
            models.Index(
                name="changed_assignments",
                fields=["round", "changed_at"],
                condition=Q(changed_at__isnull=False),
            ),
        ]
        constraints = [
            has_one_subject("assignment_has_one_subject"),
            models.CheckConstraint(
                name="assignment_source_is_known", condition=Q(source__in=AssignmentSource.values)
            ),
            models.CheckConstraint(
                name="edited_assignment_has_a_reason",
                condition=~Q(source=AssignmentSource.EDITED, reason=""),
                violation_error_message=_("A change of reviewer needs a reason."),
            ),
            models.UniqueConstraint(
                name="unit_is_assigned_once_in_round",
                fields=["round", "unit"],
                condition=Q(unit__isnull=False),
            ),
            models.UniqueConstraint(
                name="participant_is_assigned_once_in_round",
                fields=["round", "participant"],
                condition=Q(participant__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} reviews {self.unit_id or self.participant_id}"
