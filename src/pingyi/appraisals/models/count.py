"""Way E: a vote counted by tellers in the meeting, only its sums are stored (ballots.md)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pingyi.appraisals.enums import CountState

SIGNED_ONCE = (CountState.SIGNED, CountState.REOPENED)


class Count(models.Model):
    """One numbered vote on one ballot form. A void vote is followed by the next number.

    Of a vote that was opened again every signing keeps its row, so that what was signed at a moment
    can be asked (ADR 0016); one of its rows at most is not `reopened`.
    """

    appraisal = models.ForeignKey("appraisals.Appraisal", models.CASCADE, related_name="counts")
    form = models.CharField(max_length=40)
    # Whose ballots they are, where strata are counted apart.
    stratum = models.CharField(max_length=40, blank=True, default="")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=CountState, default=CountState.DRAFT)
    counted_on = models.DateField(_("counted on"))
    due = models.PositiveIntegerField(_("due"), default=0)
    present = models.PositiveIntegerField(_("present"), default=0)
    issued = models.PositiveIntegerField(_("issued"), default=0)
    collected = models.PositiveIntegerField(_("collected"), default=0)
    valid = models.PositiveIntegerField(_("valid"), default=0)
    spoilt = models.PositiveIntegerField(_("spoilt"), default=0)
    scrutineer = models.CharField(_("scrutineer"), max_length=60, blank=True)
    teller = models.CharField(_("teller"), max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["appraisal_id", "form", "stratum", "number"]
        constraints = [
            models.UniqueConstraint(
                name="vote_is_numbered_once",
                fields=["appraisal", "form", "stratum", "number"],
                condition=~Q(state=CountState.REOPENED),
            ),
            models.UniqueConstraint(
                name="one_vote_counts_per_form",
                fields=["appraisal", "form", "stratum"],
                condition=Q(state=CountState.SIGNED),
            ),
            models.CheckConstraint(
                name="count_state_is_known", condition=Q(state__in=CountState.values)
            ),
            models.CheckConstraint(
                name="count_says_when_it_was_signed",
                condition=Q(state__in=SIGNED_ONCE, signed_at__isnull=False)
                | (~Q(state__in=SIGNED_ONCE) & Q(signed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="count_says_when_it_was_reopened",
                condition=Q(state=CountState.REOPENED, reopened_at__isnull=False)
                | (~Q(state=CountState.REOPENED) & Q(reopened_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="signed_count_keeps_its_identities",
                condition=~Q(state=CountState.SIGNED)
                | Q(
                    due__gte=F("present"),
                    issued__gte=F("collected"),
                    collected=F("valid") + F("spoilt"),
                ),
                violation_error_message=_("The figures of the count do not add up."),
            ),
            models.CheckConstraint(
                name="signed_count_names_scrutineer_and_teller",
                condition=~Q(state=CountState.SIGNED) | ~(Q(scrutineer="") | Q(teller="")),
                violation_error_message=_("Name the scrutineer and the teller."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.form} {self.stratum} {self.number}"


class CountLine(models.Model):
    """The sums of one item, of the organization or of one member."""

    count = models.ForeignKey(Count, models.CASCADE, related_name="lines")
    participant = models.ForeignKey(
        "campaigns.Participant", models.CASCADE, null=True, blank=True, related_name="count_lines"
    )
    item = models.CharField(max_length=40)
    # {option code: ballots}; an option without a mark is 0, not absent.
    votes = models.JSONField(default=dict)
    abstained = models.PositiveIntegerField(_("abstained"), default=0)
    void = models.PositiveIntegerField(_("void cells"), default=0)

    class Meta:
        ordering = ["count_id", "id"]
        constraints = [
            models.UniqueConstraint(
                name="count_line_of_a_member_is_stated_once",
                fields=["count", "participant", "item"],
                condition=Q(participant__isnull=False),
            ),
            models.UniqueConstraint(
                name="count_line_of_the_organization_is_stated_once",
                fields=["count", "item"],
                condition=Q(participant__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count_id} {self.participant_id} {self.item}"
