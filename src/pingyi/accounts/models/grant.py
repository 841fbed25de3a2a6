"""A role inside a subtree."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import Role


class Grant(models.Model):
    """Gives a user a role in an organization and everything below it. Ended, never deleted."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="grants"
    )
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["user_id", "role"]
        constraints = [
            models.UniqueConstraint(
                name="grant_is_open_once_per_user_role_and_organization",
                fields=["user", "role", "organization"],
                condition=models.Q(ended_at__isnull=True),
                violation_error_message=_("This person already has this role here."),
            ),
            models.CheckConstraint(
                name="grant_role_is_known", condition=models.Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organization_id}"
