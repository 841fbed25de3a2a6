"""Who can sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from pingyi.organizations.rules.names import shown_name


class UserManager(BaseUserManager["User"]):
    """Looks people up by sign-in name; accounts are made by accounts.operations."""


class User(AbstractBaseUser):
    """A sign-in. What it may do stands in its grants; who it is stands in the register."""

    username = models.CharField(
        _("sign-in name"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("This sign-in name is taken.")},
    )
    name = models.CharField(_("name"), max_length=60)
    person = models.OneToOneField(
        "organizations.Person", models.SET_NULL, null=True, blank=True, related_name="user"
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    # No column: `queries.tell_accounts_apart` puts it on accounts that are shown (ADR 0022).
    told_apart = ""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def shown_name(self) -> str:
        """The name as lists and slips write it: apart from namesakes of the organization."""
        return shown_name(self.name, self.told_apart)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password. Django would write an older hash anew by the way: that is a
        deed of its own (operations.strengthen_password), as the ledger stands for the row.
        """
        return check_password(raw_password, self.password)
