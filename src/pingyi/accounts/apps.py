from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "pingyi.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from django_otp.plugins.otp_totp.models import TOTPDevice

        from pingyi.accounts.models import Grant, Proposal, User
        from pingyi.accounts.queries.accounts import traces
        from pingyi.accounts.queries.proposals import worklist
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.organizations.doors import RESTING, TRACES, Kind
        from pingyi.ui.doors import WORKLISTS

        TRACES.offer("accounts", traces)
        RESTING.offer("accounts.user", Kind(_("account"), ("username", "name")))
        told_by = ("user", "get_role_display", "organization")
        RESTING.offer("accounts.grant", Kind(_("role"), told_by))
        RESTING.offer("accounts.proposal", Kind(_("proposed role"), ("user", "organization")))
        WORKLISTS.offer("accounts", worklist)
        VOUCHED.offer("accounts.proposal", Vouched(Proposal, _("Proposed role")))
        VOUCHED.offer("accounts.user", Vouched(User, _("Account"), without=["last_login"]))
        VOUCHED.offer("accounts.grant", Vouched(Grant, _("Role")))
        # Each code that is asked for or guessed at changes the rest of the row.
        counters = [
            field.attname
            for field in TOTPDevice._meta.concrete_fields
            if field.attname not in ("user_id", "name", "confirmed", "key")
        ]
        VOUCHED.offer(
            "accounts.device", Vouched(TOTPDevice, _("Device for one-time codes"), counters)
        )
