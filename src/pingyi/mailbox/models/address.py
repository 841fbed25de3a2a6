"""An e-mail address that a unit sends its forms from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoundAddress(models.Model):
    """What comes from this address is taken for the unit's own. Ended, never deleted."""

    # In small letters.
    address = models.EmailField(_("e-mail address"))
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    bound_at = models.DateTimeField()
    bound_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["address"]
        constraints = [
            models.UniqueConstraint(
                name="address_is_bound_to_one_unit",
                fields=["address"],
                condition=models.Q(ended_at__isnull=True),
                violation_error_message=_("This address is bound already."),
            ),
        ]

    def __str__(self) -> str:
        return self.address
