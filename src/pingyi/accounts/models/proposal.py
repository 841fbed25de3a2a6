"""The role of the campaign office, proposed by one person, to be confirmed by a second."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import Outcome


class Proposal(models.Model):
    """Whoever has this role gives roles: one person alone does not give it. Never deleted."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="proposals")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
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
                name="proposal_outcome_is_known", condition=models.Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="proposal_is_decided_at_a_moment",
                condition=models.Q(outcome=Outcome.OPEN, decided_at__isnull=True)
                | ~models.Q(outcome=Outcome.OPEN) & models.Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_is_confirmed_by_a_second_person",
                condition=~models.Q(outcome=Outcome.CONFIRMED)
                | models.Q(decided_by__isnull=False)
                & ~models.Q(decided_by=models.F("proposed_by"))
                & ~models.Q(decided_by=models.F("user")),
            ),
            models.UniqueConstraint(
                name="proposal_is_open_once_per_user_and_organization",
                fields=["user", "organization"],
                condition=models.Q(outcome=Outcome.OPEN),
                violation_error_message=_("This role is proposed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} office {self.organization_id} {self.outcome}"
