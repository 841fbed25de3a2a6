"""People, their memberships, posts and charges - all dated (N2)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.organizations.enums import Gender, Standing
from pingyi.organizations.models.classification import PostCategory, span_ends_after_it_begins
from pingyi.organizations.models.organization import Organization
from pingyi.organizations.rules.names import shown_name
from pingyi.organizations.rules.order import LONGEST


class PersonQuerySet(models.QuerySet["Person"]):
    """People of the register."""

    def active(self) -> Self:
        """Those whose record was not merged into another one."""
        return self.filter(merged_into=None)


class Person(models.Model):
    """A person of the register. The identity number is kept as a keyed hash and its last four."""

    name = models.CharField(_("name"), max_length=60)
    initials = models.CharField(max_length=60, blank=True, db_index=True)
    # Where the name stands among others (rules.order), for pages read from an index.
    by_pinyin = models.CharField(max_length=LONGEST, blank=True, db_index=True)
    by_strokes = models.CharField(max_length=LONGEST, blank=True, db_index=True)
    # HMAC-SHA256 of the normalized number with IDENTITY_KEY, hex; null where none was given.
    identity_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    identity_last4 = models.CharField(
        _("last four of the identity number"), max_length=4, blank=True
    )
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    # When the person joined the Party; when the membership of a branch began stands there.
    joined_on = models.DateField(_("joined the Party on"), null=True, blank=True)
    # A second record of somebody stays where frozen campaigns refer to it, and leads to the one
    # that goes on (ADR 0026); never to one that was merged itself.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # No column: `queries.tell_apart` puts it on people who are shown (ADR 0022).
    told_apart = ""

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="person_is_not_merged_into_itself",
                condition=~Q(pk=models.F("merged_into")),
            ),
            models.CheckConstraint(
                name="person_gender_is_known", condition=Q(gender__in=["", *Gender.values])
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name as pages write it: apart from namesakes of the organization."""
        return shown_name(self.name, self.told_apart)


class PersonMerge(models.Model):
    """That a record was merged into another one, and what that moved: undone, the row goes."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="merge")
    reason = models.CharField(_("reason"), max_length=300)
    on = models.DateField()
    # How the rows and values were that the merge changed, and how it left them:
    # register.operations.merging.
    moved = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_merge_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("A merge needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} merged"


class IdentityKey(models.Model):
    """With which key the hashes of identity numbers were made: a hash of its own, and one row."""

    check_value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.check_value


class Membership(models.Model):
    """A person belongs to an organization in [valid_from, valid_to)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    standing = models.CharField(
        _("standing"), max_length=20, choices=Standing, default=Standing.FULL
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["organization_id", "person_id"]
        constraints = [
            span_ends_after_it_begins("membership_ends_after_it_begins"),
            models.CheckConstraint(
                name="membership_standing_is_known", condition=Q(standing__in=Standing.values)
            ),
            models.UniqueConstraint(
                name="person_has_one_open_membership",
                fields=["person"],
                condition=Q(valid_to__isnull=True),
                violation_error_message=_("This person is already a member of an organization."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organization_id}"


class Post(models.Model):
    """A person holds a post at an organization in [valid_from, valid_to)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    title = models.CharField(_("post"), max_length=60)
    # Empty for posts outside the leader categories (e.g. a committee member of a branch).
    category = models.ForeignKey(
        PostCategory, models.PROTECT, null=True, blank=True, verbose_name=_("leader category")
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["organization_id", "id"]
        constraints = [
            span_ends_after_it_begins("post_ends_after_it_begins"),
            models.UniqueConstraint(
                name="person_holds_a_post_once",
                fields=["person", "organization", "title"],
                condition=Q(valid_to__isnull=True),
                violation_error_message=_("This person already holds this post."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.title}"


class Charge(models.Model):
    """A leader is in charge of an organization in [valid_from, valid_to) (领导分工)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="charges")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="charges")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["organization_id", "id"]
        constraints = [
            span_ends_after_it_begins("charge_ends_after_it_begins"),
            models.UniqueConstraint(
                name="person_is_in_charge_once",
                fields=["person", "organization"],
                condition=Q(valid_to__isnull=True),
                violation_error_message=_("This person is already in charge of this organization."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in charge of {self.organization_id}"
