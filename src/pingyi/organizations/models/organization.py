"""Organizations and the dated tree they form (N1)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.organizations.enums import AffiliationKind, Level, OrganizationKind, SuccessionKind
from pingyi.organizations.models.classification import Sector, span_ends_after_it_begins
from pingyi.organizations.rules.codes import LONGEST_CODE, is_code


def must_be_a_code(text: str) -> None:
    """Refuses what addresses and files cannot carry, for every way by which a code comes in."""
    if not is_code(text):
        raise ValidationError(
            _("“%(code)s” is not a code. Write letters, digits and the signs - _ . only."),
            code="not_a_code",
            params={"code": text},
        )


class Organization(models.Model):
    """A body of the tree. Exists in [valid_from, valid_to)."""

    code = models.CharField(
        _("code"),
        max_length=LONGEST_CODE,
        unique=True,
        validators=[must_be_a_code],
        error_messages={"unique": _("This code is taken.")},
    )
    name = models.CharField(_("name"), max_length=100)
    # Initials of the name ("sfz"), so that a picker finds it by keyboard.
    initials = models.CharField(max_length=100, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    # The township committee itself has none and is not among the counted organizations.
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, verbose_name=_("sector")
    )
    valid_from = models.DateField(_("exists from"))
    valid_to = models.DateField(_("exists to"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            span_ends_after_it_begins("organization_ends_after_it_begins"),
            models.CheckConstraint(
                name="organization_kind_is_known", condition=Q(kind__in=OrganizationKind.values)
            ),
            models.CheckConstraint(
                name="organization_level_is_known", condition=Q(level__in=Level.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """One edge of the tree, in [valid_from, valid_to)."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="affiliations")
    parent = models.ForeignKey(Organization, models.PROTECT, related_name="child_affiliations")
    kind = models.CharField(max_length=20, choices=AffiliationKind, default=AffiliationKind.FORMAL)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["organization_id", "valid_from"]
        constraints = [
            span_ends_after_it_begins("affiliation_ends_after_it_begins"),
            models.CheckConstraint(
                name="affiliation_kind_is_known", condition=Q(kind__in=AffiliationKind.values)
            ),
            models.CheckConstraint(
                name="organization_is_not_its_own_parent",
                condition=~Q(organization=models.F("parent")),
                violation_error_message=_("An organization cannot be placed under itself."),
            ),
            models.UniqueConstraint(
                name="organization_has_one_open_formal_affiliation",
                fields=["organization"],
                condition=Q(kind=AffiliationKind.FORMAL, valid_to__isnull=True),
                violation_error_message=_("This organization already has a formal affiliation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} under {self.parent_id}"


class Succession(models.Model):
    """What an organization was split into or merged into, from a date."""

    predecessor = models.ForeignKey(Organization, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organization, models.PROTECT, related_name="precessions")
    kind = models.CharField(max_length=10, choices=SuccessionKind)
    on = models.DateField()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                name="succession_is_stated_once", fields=["predecessor", "successor"]
            ),
            models.CheckConstraint(
                name="succession_kind_is_known", condition=Q(kind__in=SuccessionKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} to {self.successor_id}"
