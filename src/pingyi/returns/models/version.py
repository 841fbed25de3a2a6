"""The answer of a unit to one table in a round, in versions (N12, ADR 0029)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pingyi.returns.enums import ReturnState, Word

ANSWERS = [(state.value, state.label) for state in (ReturnState.ACCEPTED, ReturnState.SENT_BACK)]


class Return(models.Model):
    """One table that a unit owes in a round. Made with the first deed on it: that it is owed
    follows from the frozen tree and the pack.
    """

    round = models.ForeignKey("campaigns.Round", models.CASCADE, related_name="returns")
    unit = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="returns")
    table = models.SlugField(max_length=40)
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.OPEN)
    # The latest version, and the latest of those that were accepted: rolled up until another is.
    latest = models.ForeignKey(
        "returns.Version", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    accepted = models.ForeignKey(
        "returns.Version", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    # Another day than that of the tier, and why; why it need not be answered at all.
    extended_to = models.DateField(null=True, blank=True)
    extended_because = models.CharField(max_length=300, blank=True)
    waived_because = models.CharField(max_length=300, blank=True)
    # When it was sent the first time: whether it was late does not change by what comes later.
    first_sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["round_id", "unit_id", "table"]
        constraints = [
            models.UniqueConstraint(
                name="unit_answers_a_table_once_in_round", fields=["round", "unit", "table"]
            ),
            models.CheckConstraint(
                name="return_state_is_known", condition=Q(state__in=ReturnState.values)
            ),
            models.CheckConstraint(
                name="return_with_a_version_is_not_open",
                condition=Q(latest__isnull=False)
                | Q(state__in=[ReturnState.OPEN, ReturnState.WAIVED]),
            ),
            models.CheckConstraint(
                name="accepted_return_has_an_accepted_version",
                condition=~Q(state=ReturnState.ACCEPTED) | Q(accepted=F("latest")),
            ),
            models.CheckConstraint(
                name="extended_return_has_a_reason",
                condition=Q(extended_to=None) | ~Q(extended_because=""),
            ),
            models.CheckConstraint(
                name="waived_return_has_a_reason",
                condition=~Q(state=ReturnState.WAIVED) | ~Q(waived_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.unit_id} {self.state}"


class Correction(models.Model):
    """What a unit says in a cell instead of what is counted, from the next version on."""

    of_return = models.ForeignKey(
        Return, models.CASCADE, related_name="corrections", db_column="return_id"
    )
    cell = models.CharField(max_length=130)
    # What was counted when it was said: the reason is about that.
    counted = models.PositiveIntegerField(null=True, blank=True)
    # A number, or a word why there is none; neither of them is blank.
    number = models.PositiveIntegerField(null=True, blank=True)
    word = models.CharField(max_length=20, choices=Word, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["of_return_id", "cell"]
        constraints = [
            models.UniqueConstraint(name="cell_is_corrected_once", fields=["of_return", "cell"]),
            models.CheckConstraint(
                name="correction_is_a_number_or_a_word",
                condition=Q(word="") | Q(number=None, word__in=Word.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell}: {self.said}"

    @property
    def said(self) -> int | str | None:
        """The number, the word, or None for blank."""
        return self.number if self.number is not None else self.word or None


class Version(models.Model):
    """One sealed answer: never changed; what is said anew is another version.

    `content` is everything that was sealed, of which `digest` is the SHA-256 (RFC 8785); the
    installation's key signed it (Ed25519, RFC 8032).
    """

    of_return = models.ForeignKey(
        Return, models.CASCADE, related_name="versions", db_column="return_id"
    )
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)
    # Why there is another one after it was accepted.
    cause = models.CharField(_("cause"), max_length=300, blank=True)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # An amendment that was begun and never sent.
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # Accepted or sent back; nothing as long as nobody answered.
    answer = models.CharField(max_length=10, choices=ANSWERS, blank=True)

    class Meta:
        ordering = ["of_return_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="version_number_is_unique", fields=["of_return", "number"]
            ),
            models.CheckConstraint(
                name="version_that_is_answered_was_submitted",
                condition=Q(answered_at=None, answer="")
                | Q(answered_at__isnull=False, answer__in=dict(ANSWERS))
                & Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="version_that_is_dropped_waits_for_nobody",
                condition=Q(dropped_at=None)
                | Q(submitted_at=None)
                | Q(answer=ReturnState.SENT_BACK),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_return_id} v{self.number}"


class Remark(models.Model):
    """Why a cell of a version was sent back; without a cell, of the whole table."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="remarks")
    cell = models.CharField(max_length=130, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["version_id", "id"]
        constraints = [
            models.UniqueConstraint(name="cell_is_sent_back_once", fields=["version", "cell"]),
            models.CheckConstraint(name="remark_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.cell}: {self.reason}"
