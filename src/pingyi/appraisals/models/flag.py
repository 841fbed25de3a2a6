"""What the rules point out in a result, and what a named person decided about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Flag(models.Model):
    """Raised when a count is signed; a named person decides, never the vote (rulebook §2)."""

    appraisal = models.ForeignKey("appraisals.Appraisal", models.CASCADE, related_name="flags")
    count = models.ForeignKey(
        "appraisals.Count", models.CASCADE, null=True, blank=True, related_name="flags"
    )
    participant = models.ForeignKey(
        "campaigns.Participant", models.CASCADE, null=True, blank=True, related_name="flags"
    )
    # Code of the pack's flag.
    code = models.CharField(max_length=40)
    # The figures behind it: {"numerator": 3, "denominator": 10, …}.
    facts = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decision = models.TextField(_("decision"), blank=True)
    # The person or meeting that decided, by name; decided_by is who typed it.
    decider = models.CharField(_("decided by"), max_length=100, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["appraisal_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="decision_names_who_decided",
                condition=Q(decided_at__isnull=True) | ~(Q(decision="") | Q(decider="")),
                violation_error_message=_("State the decision and who took it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.participant_id or self.appraisal_id}"
