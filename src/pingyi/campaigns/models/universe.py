"""The frozen universe: units and people of one campaign as they stood at its cut-off date."""

from collections.abc import Iterable
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Func, OuterRef, Q, Subquery
from django.db.models.functions import Left
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from pingyi.campaigns.enums import AmendmentKind
from pingyi.campaigns.models.campaign import Campaign
from pingyi.campaigns.rules.tree import outermost, ranges
from pingyi.organizations.rules.names import shown_name
from pingyi.organizations.rules.order import LONGEST

# Up to so many subtrees, apart from each other, are ranges of an index; more are told by how their
# paths begin.
FEW = 50


def under(paths: Iterable[str], field: str = "path") -> Q:
    """Rows whose path is one of these or below one of them; nothing for no path."""
    tops = outermost(paths)
    found = ranges(tops)
    if len(found) <= FEW:
        parts = (Q((f"{field}__gte", first), (f"{field}__lt", end)) for first, end in found)
        return reduce(or_, parts, Q(pk__in=[]))
    by_length = groupby(sorted(tops, key=len), key=len)
    begins = (Q(In(Left(field, length), list(some))) for length, some in by_length)
    return reduce(or_, begins)


def in_use() -> models.Q:
    """Whether a unit or a person was not taken out of the universe."""
    return models.Q(is_active=True)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units, asked in the words of the tree."""

    def active(self) -> Self:
        """Those that were not taken out of the universe."""
        return self.filter(in_use())

    def in_subtree(self, paths: Iterable[str]) -> Self:
        """The units with these paths and everything below them."""
        return self.filter(under(paths))

    def with_heads(self) -> Self:
        """Adds `heads`: how many active people are members of the unit itself."""
        members = Participant.objects.active().filter(
            campaign=OuterRef("campaign"), unit=OuterRef("pk"), unit__isnull=False
        )
        # Counted for each unit that is shown, and for no other; one number, not a group of one.
        # Rows, not their keys, which the database would look at.
        heads = members.order_by().values_list(
            Func(function="COUNT", template="%(function)s(*)", output_field=models.IntegerField())
        )
        return self.annotate(heads=Subquery(heads, models.IntegerField()))


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """People of the universe."""

    def active(self) -> Self:
        """Those who were not taken out of the universe."""
        return self.filter(in_use())

    def members(self) -> Self:
        """Those who are members of a unit, and no leaders from outside."""
        return self.filter(unit__isnull=False)


class Unit(models.Model):
    """An organization of the frozen tree.

    `path` is the materialized path: one segment of six characters ("00012/") per level, so the
    subtree of a unit is `in_subtree([unit.path])` (itself included).
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="units")
    # Absent where only a package of another copy of the program names the unit: its code and name
    # stand on their own.
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=120, db_index=True)
    depth = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    initials = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20)  # organizations.enums.OrganizationKind at the cut-off
    level = models.CharField(max_length=20)  # organizations.enums.Level at the cut-off
    # Code of the sector; empty where the unit itself is not among the counted organizations.
    sector = models.CharField(max_length=40, blank=True)
    # Keeps the ledger and fills in the tables (乡镇党委, 县直局以上单位).
    is_reporting = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    # Stands as it does since the freeze or its last amendment; before that see FormerUnit.
    since = models.DateTimeField()

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        indexes = [
            # How many there are in a county is told from it alone.
            models.Index(
                name="reporting_units",
                fields=["campaign"],
                condition=Q(is_active=True, is_reporting=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="unit_is_once_in_campaign", fields=["campaign", "organization"]
            ),
            models.UniqueConstraint(
                name="unit_code_is_unique_in_campaign", fields=["campaign", "code"]
            ),
            models.UniqueConstraint(
                name="unit_path_is_unique_in_campaign", fields=["campaign", "path"]
            ),
            models.CheckConstraint(
                name="unit_has_a_code_and_a_name", condition=~Q(code="") & ~Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Participant(models.Model):
    """A person of the universe: a member of a unit, a holder of posts, or both."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="participants")
    # Absent like the organization of a unit; nobody signs in as such a person.
    person = models.ForeignKey(
        "organizations.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=60)
    initials = models.CharField(max_length=60, blank=True)
    # Where the name stands among others (organizations.rules.order).
    by_pinyin = models.CharField(max_length=LONGEST, blank=True)
    by_strokes = models.CharField(max_length=LONGEST, blank=True)
    # What tells namesakes of one unit apart: a year of birth, or 甲, 乙 (ADR 0022). Once given it
    # stays; empty for everybody else.
    told_apart = models.CharField(max_length=10, blank=True)
    # Where the person is a member; empty for leaders whose membership lies outside the tree.
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="members")
    standing = models.CharField(max_length=20, blank=True)  # organizations.enums.Standing
    is_active = models.BooleanField(default=True)
    # Stands as it does since the freeze or its last amendment; before that see FormerParticipant.
    since = models.DateTimeField()

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["unit_id", "id"]
        indexes = [
            # What it is asked stands in it, so that members are counted from the index alone.
            models.Index(
                name="members_by_unit",
                fields=["campaign", "unit", "is_active"],
                condition=Q(is_active=True, unit__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="participant_is_once_in_campaign", fields=["campaign", "person"]
            ),
            models.CheckConstraint(name="participant_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name as pages and papers write it: apart from namesakes of the unit."""
        return shown_name(self.name, self.told_apart)


class ParticipantPost(models.Model):
    """A post held at the cut-off."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="posts")
    title = models.CharField(max_length=60)
    # Code, role and position of the leader category; empty for posts outside of them.
    category = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=20, blank=True)  # organizations.enums.PostRole
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["unit_id", "position", "id"]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.title}"


class ParticipantCharge(models.Model):
    """A unit in a leader's charge at the cut-off (领导分工)."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="charges")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="charges")

    class Meta:
        ordering = ["unit_id", "id"]
        constraints = [
            models.UniqueConstraint(name="charge_is_frozen_once", fields=["participant", "unit"]),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} in charge of {self.unit_id}"


class Amendment(models.Model):
    """A change to the universe after the freeze, with its reason."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="amendments")
    kind = models.CharField(max_length=30, choices=AmendmentKind)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="amendments")
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, blank=True, related_name="amendments"
    )
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    amended_at = models.DateTimeField()
    amended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="amendment_kind_is_known", condition=Q(kind__in=AmendmentKind.values)
            ),
            models.CheckConstraint(
                name="amendment_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("An amendment needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"
