"""Files that show what was put right (佐证材料)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.rectification.enums import EvidenceKind
from pingyi.rectification.models.item import Item

FOLDER = "evidence"


class Evidence(models.Model):
    """A picture or a PDF, made anew when it came in; the file has a name that nobody gave it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="evidence_files")
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(max_length=4, choices=EvidenceKind)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=FOLDER, unique=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["item_id", "id"]
        constraints = [
            models.UniqueConstraint(name="evidence_is_once_in_item", fields=["item", "sha256"]),
            models.CheckConstraint(
                name="evidence_kind_is_known", condition=Q(kind__in=EvidenceKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.name}"
