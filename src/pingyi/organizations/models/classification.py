"""Sectors and post categories: data of the register, loaded from classification.toml."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pingyi.organizations.enums import PostRole


class Sector(models.Model):
    """A kind of place an organization belongs to (the columns of annex 2)."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class PostCategory(models.Model):
    """A leader category (the columns of annex 1); a person counts in the first that applies."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=20, choices=PostRole)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="post_category_role_is_known", condition=models.Q(role__in=PostRole.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


SPAN_MESSAGE = _("The end must come after the beginning.")


def span_ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Constraint of every dated row: [valid_from, valid_to), an empty valid_to is open."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
        violation_error_message=SPAN_MESSAGE,
    )
