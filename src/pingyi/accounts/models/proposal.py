"""What one person of the campaign office proposes and a second one confirms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import Outcome


class Proposal(models.Model):
    """The role of the campaign office, which gives roles; or, where there is a person, that an
    account belongs to this leader, in whose name it then acts. Never deleted.
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="proposals")
    # Where the role is to hold, or where the person leads.
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "organizations.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
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
                condition=models.Q(outcome=Outcome.OPEN, person__isnull=True),
                violation_error_message=_("This role is proposed already."),
            ),
            models.UniqueConstraint(
                name="link_is_proposed_once_per_user",
                fields=["user"],
                condition=models.Q(outcome=Outcome.OPEN, person__isnull=False),
                violation_error_message=_("A person is proposed for this account already."),
            ),
        ]

    def __str__(self) -> str:
        what = "office" if self.person_id is None else f"person {self.person_id}"
        return f"{self.user_id} {what} {self.organization_id} {self.outcome}"
