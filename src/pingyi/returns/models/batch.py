"""Many forms that were handed in at once, and what became of each (N12)."""

from django.db import models
from django.db.models import Q

from pingyi.returns.enums import BatchState
from pingyi.returns.models.intake import Intake


class Batch(models.Model):
    """Files that somebody sent in together. Each is taken over by itself, as if it came alone."""

    round = models.ForeignKey("campaigns.Round", models.CASCADE, related_name="batches")
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.WAITING)
    # In which refusals are worded that leave no receipt.
    language = models.CharField(max_length=10)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="batch_state_is_known", condition=Q(state__in=BatchState.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class BatchFile(models.Model):
    """One of the files: waiting, or with its receipt, or with why it has none."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    filename = models.CharField(max_length=200)
    # Kept until it was looked at; what was received is kept with its receipt.
    content = models.BinaryField(null=True, blank=True)
    intake = models.ForeignKey(Intake, models.CASCADE, null=True, blank=True, related_name="+")
    is_again = models.BooleanField(default=False)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["batch_id", "position"]
        constraints = [
            models.UniqueConstraint(name="file_has_its_place", fields=["batch", "position"]),
            models.CheckConstraint(
                name="file_waits_or_has_an_answer",
                condition=Q(content__isnull=False, intake=None, problem="")
                | Q(content=None, intake__isnull=False, problem="")
                | Q(content=None, intake=None) & ~Q(problem=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.filename}"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has looked at it yet."""
        return self.intake_id is None and not self.problem
