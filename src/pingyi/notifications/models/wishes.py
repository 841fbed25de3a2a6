"""How somebody wants to be told: an e-mail address, a calendar feed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Address(models.Model):
    """Where e-mails to somebody go, once a link that was sent there has been followed. Without one
    the message centre is all there is.
    """

    user = models.OneToOneField(
        "accounts.User", models.CASCADE, primary_key=True, related_name="mail_address"
    )
    address = models.EmailField(_("e-mail address"), blank=True)
    is_wanted = models.BooleanField(_("send me messages by e-mail"), default=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="e_mails_need_an_address",
                condition=Q(is_wanted=False) | ~Q(address=""),
                violation_error_message=_("E-mails need an address."),
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Feed(models.Model):
    """The secret address of somebody's deadlines; of it the SHA-256 alone is kept, and nothing
    once it was revoked."""

    user = models.OneToOneField(
        "accounts.User", models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    secret_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
