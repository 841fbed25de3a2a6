"""A vote in a sealed box: what was prepared, handed out and closed; its ballots lie elsewhere."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SealedVote(models.Model):
    """One numbered vote by slips on one ballot form (ballots.md, way C).

    The box has the ballots and knows no people; here stands how many slips there were and what
    became of them. A void vote is followed by the next number.
    """

    appraisal = models.ForeignKey(
        "appraisals.Appraisal", models.CASCADE, related_name="sealed_votes"
    )
    form = models.CharField(max_length=40)
    stratum = models.CharField(max_length=40, blank=True, default="")
    number = models.PositiveSmallIntegerField()
    # Id of the box and hash of its manifest (ballots.rules.manifests).
    box = models.CharField(max_length=32, unique=True)
    fingerprint = models.CharField(max_length=64)
    printed = models.PositiveIntegerField(_("slips printed"))
    handed_out = models.PositiveIntegerField(_("slips handed out"), default=0)
    unused = models.PositiveIntegerField(_("slips left over"), default=0)
    spoiled = models.PositiveIntegerField(_("slips spoiled"), default=0)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    counted_at = models.DateTimeField(null=True, blank=True)
    counted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # The count that its sums went into.
    count = models.OneToOneField(
        "appraisals.Count", models.SET_NULL, null=True, blank=True, related_name="sealed"
    )

    class Meta:
        ordering = ["appraisal_id", "form", "stratum", "number"]
        constraints = [
            models.UniqueConstraint(
                name="one_sealed_vote_stands_per_form",
                fields=["appraisal", "form", "stratum"],
                condition=Q(voided_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="sealed_vote_is_numbered_once",
                fields=["appraisal", "form", "stratum", "number"],
            ),
            models.CheckConstraint(
                name="slips_of_a_closed_vote_add_up",
                condition=Q(closed_at__isnull=True)
                | Q(printed=F("handed_out") + F("unused") + F("spoiled")),
                violation_error_message=_("The slips do not add up."),
            ),
            models.CheckConstraint(
                name="sealed_vote_is_opened_before_it_is_closed",
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sealed_vote_is_closed_before_it_is_counted",
                condition=Q(counted_at__isnull=True) | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.form} {self.number} {self.box}"
