"""How the universe stood before each amendment, so that a moment can be asked again (ADR 0016).

Units and people are changed in place and stand since `since`; each amendment first leaves a row
here. The rows of a unit or person follow each other without a gap.
"""

from django.db import models
from django.db.models import F, Q

from pingyi.campaigns.models.universe import Participant, Unit


class FormerUnit(models.Model):
    """What tables counted of a unit in [since, until)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former")
    since = models.DateTimeField()
    until = models.DateTimeField()
    path = models.CharField(max_length=120)
    sector = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField()

    class Meta:
        ordering = ["unit_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="former_unit_stood_forwards", condition=Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} until {self.until}"


class FormerParticipant(models.Model):
    """What tables counted of a person in [since, until)."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="former")
    since = models.DateTimeField()
    until = models.DateTimeField()
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    standing = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField()

    class Meta:
        ordering = ["participant_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="former_participant_stood_forwards", condition=Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} until {self.until}"
