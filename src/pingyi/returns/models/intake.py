"""A form that came in: its file, what was found in it, and what became of it (N12, ADR 0030)."""

from django.db import models
from django.db.models import Q

from pingyi.returns.enums import IntakeState

RECEIPT_DIGITS, RECEIPT_PART = 12, 4


class Intake(models.Model):
    """A file that somebody sent in as a form. The same file is the same receipt."""

    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    file = models.FileField(upload_to="forms/%Y/")
    # Whose form it is, and of which round; unknown where it could not be told.
    unit = models.ForeignKey(
        "campaigns.Unit", models.CASCADE, null=True, blank=True, related_name="intakes"
    )
    round = models.ForeignKey(
        "campaigns.Round", models.CASCADE, null=True, blank=True, related_name="intakes"
    )
    state = models.CharField(max_length=10, choices=IntakeState)
    # Whether whoever receives its tables handed it in for the unit.
    is_handed_in = models.BooleanField(default=False)
    # The tables in it and the language it was made in.
    tables = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=10, blank=True)
    # What stood in its entries, by their keys; days as texts.
    entries = models.JSONField(default=dict, blank=True)
    # What is wrong, and what was noticed (rules.forms.Fault); worded for each reader.
    faults = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    # The versions that were made from it: [{table, number, digest}].
    versions = models.JSONField(default=list, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    # By which address it was e-mailed; nothing where it came otherwise.
    mailed_from = models.EmailField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="form_is_taken_over_once",
                fields=["sha256"],
                condition=Q(state=IntakeState.SUBMITTED),
            ),
            models.CheckConstraint(
                name="intake_state_is_known", condition=Q(state__in=IntakeState.values)
            ),
            models.CheckConstraint(
                name="form_that_is_taken_over_has_its_unit",
                condition=~Q(state=IntakeState.SUBMITTED)
                | Q(unit__isnull=False, round__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.state}"

    @property
    def receipt(self) -> str:
        """What a receipt says: told from the file, so that the same file has the same one."""
        digits = self.sha256[:RECEIPT_DIGITS].upper()
        parts = range(0, RECEIPT_DIGITS, RECEIPT_PART)
        return "-".join(digits[at : at + RECEIPT_PART] for at in parts)

    @property
    def code(self) -> str:
        """What became of it, for programs: `submitted`, or what was found wrong first."""
        return self.faults[0]["code"] if self.faults else self.state
