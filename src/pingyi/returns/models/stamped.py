"""A version on paper with the stamp of the office on it, as a file (N12)."""

from django.db import models
from django.db.models import Q

from pingyi.returns.enums import Binding, ScanKind
from pingyi.returns.models.version import Version


class StampedCopy(models.Model):
    """A file that was stamped outside and belongs to a version. Nothing takes its place: another
    one is another row, and the latest counts.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="stamped")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="stamped/%Y/")
    kind = models.CharField(max_length=10, choices=ScanKind)
    binding = models.CharField(max_length=10, choices=Binding)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="file_is_a_stamped_copy_once", fields=["sha256"]),
            models.CheckConstraint(
                name="kind_of_stamped_copy_is_known", condition=Q(kind__in=ScanKind.values)
            ),
            models.CheckConstraint(
                name="binding_of_stamped_copy_is_known", condition=Q(binding__in=Binding.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.sha256[:8]}"
