"""An imported workbook: read, previewed, applied, undone."""

from django.db import models
from django.db.models import Q

from pingyi.rosters.enums import ChangeKind, ImportState


class RosterImport(models.Model):
    """One workbook or list that came in through the door. Nothing is written before `applied`."""

    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="imports/%Y/")
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.READING)
    # Under which organization the rows are placed, and whose subtree the import may touch.
    scope = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    # From which day additions, changes and endings hold.
    effective_on = models.DateField()
    # Whether what the file leaves out is to end.
    complete = models.BooleanField(default=False)
    # For lists with other headings: which column is what (rules/lists.py), and headings.
    mapping = models.JSONField(default=dict, blank=True)
    # Every error at once: [{code, sheet, cell, label, value, params}]; worded for each reader.
    errors = models.JSONField(default=list, blank=True)
    # Remarks that do not block: values that were normalized, people left out of the file.
    notes = models.JSONField(default=list, blank=True)
    # {"add": n, "change": n, "end": n} by model.
    counts = models.JSONField(default=dict, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="import_state_is_known", condition=Q(state__in=ImportState.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.state})"


class RosterChange(models.Model):
    """One addition, change or ending that an import would make, or made."""

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ChangeKind)
    # organization, affiliation, person, membership, post, charge
    model = models.CharField(max_length=20)
    # Where it came from, for the preview: sheet name and row number (1-based; null for endings).
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    # What a person reads: "张三 (…1234)", "某某村支部".
    label = models.CharField(max_length=200)
    # The row of the register; 0 while there is none.
    object_id = models.BigIntegerField(default=0)
    # What the row says before and after, and whose it is: rules/kept.py.
    said = models.JSONField()

    class Meta:
        ordering = ["roster_import_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="import_change_has_its_place", fields=["roster_import", "position"]
            ),
            models.CheckConstraint(
                name="import_change_kind_is_known", condition=Q(kind__in=ChangeKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.model} {self.label}"
