"""What people write at the head and the foot of a unit's tables; every figure is counted."""

from django.db import models


class Imprint(models.Model):
    """Day, and who answers for the tables of a unit in a round, under the labels of the pack."""

    round = models.ForeignKey("campaigns.Round", models.CASCADE, related_name="imprints")
    unit = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="imprints")
    filled_on = models.DateField()
    # By the label of the pack: {"负责人": "…", "填表人": "…", "联系电话": "…"}.
    foot = models.JSONField(default=dict, blank=True)
    filled_in_at = models.DateTimeField()
    filled_in_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["round_id", "unit_id"]
        constraints = [
            models.UniqueConstraint(name="unit_has_one_imprint_in_round", fields=["round", "unit"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.filled_on}"
