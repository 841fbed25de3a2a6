"""What an organization or a member promises in public, and what was done about it (N15)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.commitments.enums import CommitmentDeed, CommitmentState, Fulfilment
from pingyi.commitments.rules.workflow import PUBLIC

CHECKED = (CommitmentState.CHECKED, CommitmentState.APPRAISED)


class Commitment(models.Model):
    """A promise of a member, or of the organization itself where no participant is named."""

    campaign = models.ForeignKey("campaigns.Campaign", models.CASCADE, related_name="commitments")
    unit = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="commitments")
    participant = models.ForeignKey(
        "campaigns.Participant", models.CASCADE, null=True, blank=True, related_name="commitments"
    )
    # Code of the pack.
    kind = models.CharField(_("kind"), max_length=40)
    text = models.TextField(_("commitment"))
    due_on = models.DateField(_("to be kept by"))
    state = models.CharField(
        max_length=10, choices=CommitmentState, default=CommitmentState.PROPOSED
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    progress = models.TextField(_("what was done"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    fulfilment = models.CharField(max_length=5, choices=Fulfilment, blank=True)

    class Meta:
        ordering = ["unit_id", "participant_id", "id"]
        indexes = [
            models.Index(name="commitments_by_unit", fields=["campaign", "unit", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="commitment_state_is_known", condition=Q(state__in=CommitmentState.values)
            ),
            models.CheckConstraint(name="commitment_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="public_commitment_says_since_when",
                condition=~Q(state__in=PUBLIC) | Q(published_on__isnull=False),
            ),
            models.CheckConstraint(
                name="kept_commitment_has_evidence",
                condition=~Q(state=CommitmentState.KEPT) | (~Q(progress="") & ~Q(evidence="")),
            ),
            models.CheckConstraint(
                name="checked_commitment_says_whether_it_was_kept",
                condition=~Q(state__in=CHECKED) | Q(fulfilment__in=Fulfilment.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.participant_id} {self.text[:40]}"


class Step(models.Model):
    """A deed on a commitment, with its words: the history, in the order of its rows."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=10, choices=CommitmentDeed)
    text = models.TextField(blank=True)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["commitment_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="commitment_step_deed_is_known", condition=Q(deed__in=CommitmentDeed.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.deed}"
