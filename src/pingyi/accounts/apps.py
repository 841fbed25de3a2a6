from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "pingyi.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.organizations.doors import RESTING, Kind

        RESTING.offer("accounts.user", Kind(_("account"), ("username", "name")))
        told_by = ("user", "get_role_display", "organization")
        RESTING.offer("accounts.grant", Kind(_("role"), told_by))
