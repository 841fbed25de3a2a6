"""A leader's review of an organization or a person (N4-N6)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.reviews.enums import ReviewPart, SignKind
from pingyi.reviews.models.assignment import has_one_subject


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews, asked whether they hold."""

    def standing(self, at: datetime | None = None) -> Self:
        """Those that are not withdrawn; or that were recorded, and not withdrawn, at a moment."""
        if at is None:
            return self.filter(withdrawn_at=None)
        held = Q(withdrawn_at=None) | Q(withdrawn_at__gt=at)
        return self.filter(held, recorded_at__lte=at)


class Review(models.Model):
    """What was recognised, what fell short, what comes next.

    Withdrawn with a reason, never deleted.
    """

    round = models.ForeignKey("campaigns.Round", models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        "campaigns.Participant", models.CASCADE, related_name="reviews_given"
    )
    unit = models.ForeignKey(
        "campaigns.Unit", models.CASCADE, null=True, blank=True, related_name="reviews"
    )
    participant = models.ForeignKey(
        "campaigns.Participant", models.CASCADE, null=True, blank=True, related_name="reviews"
    )
    # Where the subject was counted when this was recorded: the unit itself, or that of the person.
    # It stays as it was; queries.placed looks up whom an amendment has touched since.
    counted_in = models.ForeignKey(
        "campaigns.Unit", models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    # Whether signs were kept with it; neither comes or goes afterwards.
    has_signs = models.BooleanField(default=False)
    meeting = models.ForeignKey(
        "reviews.Meeting", models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    form = models.CharField(_("form"), max_length=40)
    held_on = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=100)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    achievements = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    direction = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # Filled in later: what became of it.
    follow_up = models.TextField(_("follow-up"), blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    followed_up_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [
            models.Index(
                name="review_by_round_and_person", fields=["round", "participant", "withdrawn_at"]
            ),
            models.Index(name="review_by_round_and_unit", fields=["round", "unit", "withdrawn_at"]),
            models.Index(
                name="review_by_round_and_reviewer", fields=["round", "reviewer", "withdrawn_at"]
            ),
            # Heads and signs of every unit of a round, counted from the index alone.
            models.Index(
                name="review_by_place",
                fields=["counted_in", "round", "withdrawn_at", "participant"],
            ),
            models.Index(
                name="review_with_signs_by_place",
                fields=["counted_in", "round", "withdrawn_at", "has_signs", "participant"],
                condition=Q(has_signs=True),
            ),
            # The latest of the ledger are read from here, and how many were held on each day.
            models.Index(
                name="standing_reviews_by_day",
                fields=["held_on", "id", "round"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]
        constraints = [
            has_one_subject("review_has_one_subject"),
            models.CheckConstraint(
                name="reviewed_unit_is_counted_as_itself",
                condition=Q(unit__isnull=True)
                | Q(counted_in__isnull=False, counted_in=models.F("unit")),
            ),
            models.CheckConstraint(
                name="nobody_reviews_themselves",
                condition=Q(participant__isnull=True) | ~Q(participant=models.F("reviewer")),
                violation_error_message=_("Nobody reviews themselves."),
            ),
            models.CheckConstraint(
                name="withdrawn_review_has_a_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} on {self.unit_id or self.participant_id}, {self.held_on}"


class Sign(models.Model):
    """A sign of going through the motions, pointed out before saving and kept (N5, N14)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="signs")
    kind = models.CharField(max_length=10, choices=SignKind)
    part = models.CharField(max_length=20, choices=ReviewPart)
    similar_to = models.ForeignKey(Review, models.SET_NULL, null=True, blank=True, related_name="+")
    # 0-100, of the two texts; only for copied ones.
    likeness = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["review_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="sign_kind_is_known", condition=Q(kind__in=SignKind.values)
            ),
            models.CheckConstraint(
                name="sign_part_is_known", condition=Q(part__in=ReviewPart.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.part}"


class Publication(models.Model):
    """Reviews made known in a scope by a way, on a day (N6)."""

    round = models.ForeignKey("campaigns.Round", models.CASCADE, related_name="review_publications")
    unit = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="review_publications")
    reviews = models.ManyToManyField(Review, related_name="publications")
    scope = models.CharField(_("scope"), max_length=40)
    way = models.CharField(_("way"), max_length=40)
    place = models.CharField(_("where"), max_length=100, blank=True)
    published_on = models.DateField(_("published on"))
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-published_on", "-id"]
        indexes = [models.Index(name="publication_by_scope", fields=["round", "scope"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.scope} {self.published_on}"
