"""What is to be put right: the item, where it came from, and what was done with it."""

from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.rectification.enums import ItemDeed, ItemState, SourceKind
from pingyi.rectification.rules.workflow import OWED


class ItemQuerySet(models.QuerySet["Item"]):
    """Items, asked in the words of the room."""

    def owed(self) -> Self:
        """Those that an organization has to report on by a day."""
        return self.filter(state__in=OWED)


class Item(models.Model):
    """A problem that a unit puts right: who, what, by when (定人、定责、定时)."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", models.CASCADE, related_name="rectification_items"
    )
    # Counted up in the campaign, from one (挂号).
    number = models.PositiveIntegerField()
    unit = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="rectification_items")
    problem = models.TextField(_("problem"))
    state = models.CharField(max_length=12, choices=ItemState, default=ItemState.REGISTERED)
    registered_on = models.DateField()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    responsible = models.CharField(_("person responsible"), max_length=60, blank=True)
    measure = models.TextField(_("measure"), blank=True)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    outcome = models.TextField(_("what was done"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    # How many files there are beside the words.
    files = models.PositiveSmallIntegerField(default=0)
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of those who were asked again after it was put right (回访).
    asked_again = models.PositiveIntegerField(_("asked again"), null=True, blank=True)
    pleased = models.PositiveIntegerField(_("of them satisfied"), null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    times_reopened = models.PositiveSmallIntegerField(default=0)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["campaign_id", "number"]
        indexes = [
            models.Index(name="items_by_state", fields=["campaign", "state", "due_on"]),
            models.Index(name="items_by_unit", fields=["campaign", "unit", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="item_number_is_once_in_campaign", fields=["campaign", "number"]
            ),
            models.CheckConstraint(
                name="item_state_is_known", condition=Q(state__in=ItemState.values)
            ),
            models.CheckConstraint(
                name="assigned_item_says_who_what_when",
                condition=Q(state=ItemState.REGISTERED)
                | (~Q(responsible="") & ~Q(measure="") & Q(due_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="closed_item_has_evidence",
                condition=~Q(state=ItemState.CLOSED)
                | (
                    ~Q(outcome="") & (~Q(evidence="") | Q(files__gt=0)) & Q(closed_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="satisfied_are_at_most_asked",
                condition=Q(pleased__isnull=True) | Q(pleased__lte=models.F("asked_again")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.problem[:40]}"


class Step(models.Model):
    """A deed on an item, with its words: the history, in the order of its rows."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=10, choices=ItemDeed)
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["item_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="step_deed_is_known", condition=Q(deed__in=ItemDeed.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.deed}"


def _exactly_one(names: list[str]) -> Q:
    ways = (Q(**{f"{name}__isnull": name != one for name in names}) for one in names)
    return reduce(or_, ways)


class Source(models.Model):
    """Something that was said and became an item, or was set aside with a reason: an opinion, a
    decided flag, what a leader's review calls wanting.

    Each is answered once; where many say the same, all of them lead to one item (N14).
    """

    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="sources")
    opinion = models.OneToOneField(
        "appraisals.Opinion", models.CASCADE, null=True, blank=True, related_name="+"
    )
    flag = models.OneToOneField(
        "appraisals.Flag", models.CASCADE, null=True, blank=True, related_name="+"
    )
    review = models.OneToOneField(
        "reviews.Review", models.CASCADE, null=True, blank=True, related_name="+"
    )
    set_aside_because = models.CharField(_("set aside because"), max_length=300, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="source_is_one_thing",
                condition=_exactly_one(SourceKind.values),
            ),
            models.CheckConstraint(
                name="source_leads_to_an_item_or_says_why_not",
                condition=Q(item__isnull=True) ^ Q(set_aside_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id or self.flag_id or self.review_id} -> {self.item_id}"
