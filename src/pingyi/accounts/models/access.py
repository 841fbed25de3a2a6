"""The access log: who signed in or failed to, who got which role or a password from the office, who
took which file away.
"""

from django.db import models
from django.db.models import Q

from pingyi.accounts.enums import AccessKind, Role


class Access(models.Model):
    """A line of the access log. The database refuses to change it, and to remove it within half a
    year (migration 0004). Never a password, and never a name that may be one.
    """

    kind = models.CharField(max_length=20, choices=AccessKind)
    done_at = models.DateTimeField(db_index=True)
    # Nobody where signing in failed: it is not known who tried.
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # Whose account it is about; none where the name that was typed is nobody's.
    account = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    # Role and organization, or the name of the file.
    told = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-done_at", "-pk"]
        indexes = [models.Index(name="access_of_account", fields=["account", "done_at"])]
        constraints = [
            models.CheckConstraint(
                name="access_kind_is_known", condition=Q(kind__in=AccessKind.values)
            )
        ]

    @property
    def told_text(self) -> str:
        """What it tells, in words: role and code, or the name of a file."""
        role, at, code = self.told.partition("@")
        if at and self.kind in (AccessKind.ROLE_GIVEN, AccessKind.ROLE_ENDED):
            return f"{Role(role).label} · {code}"
        return self.told

    def __str__(self) -> str:
        return f"{self.kind} {self.account_id}"
