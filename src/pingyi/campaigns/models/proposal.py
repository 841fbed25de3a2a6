"""Many exemptions at once, proposed by one person, to be confirmed by a second."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import Outcome


class ExemptionProposal(models.Model):
    """One reason for more gaps than one person may explain alone. Never deleted."""

    round = models.ForeignKey("campaigns.Round", models.CASCADE, related_name="exemption_proposals")
    # Below it lies everything that is to be exempt.
    unit = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    # Keys by duty and kind of subject: {"review": {"unit": [3], "participant": [7, 8]}}.
    covers = models.JSONField()
    count = models.PositiveIntegerField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="exemption_proposal_outcome_is_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(name="exemption_proposal_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="exemption_proposal_is_decided_at_a_moment",
                condition=Q(outcome=Outcome.OPEN, decided_at__isnull=True)
                | ~Q(outcome=Outcome.OPEN) & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="exemption_proposal_is_confirmed_by_a_second_person",
                condition=~Q(outcome=Outcome.CONFIRMED)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.round_id}: {self.outcome}"
