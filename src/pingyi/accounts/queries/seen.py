"""What the page of an account shows of it, as it is by now (ui.edits)."""

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Outcome
from pingyi.accounts.models import User
from pingyi.accounts.queries.accounts import confirmed_device
from pingyi.core.seen import Content, Said


def account_seen(pk: int) -> Content:
    """Whether it may sign in and how, whose it is, its roles."""
    account = User.objects.select_related("person").get(pk=pk)
    open_ones = account.grants.filter(ended_at=None).select_related("organization").order_by("pk")
    roles = [f"{one.get_role_display()} {one.organization.name}" for one in open_ones]
    uses_codes = confirmed_device(account) is not None
    open_proposals = account.proposals.filter(outcome=Outcome.OPEN)
    proposed = [
        f"{_('proposed')} {one.person or ''} {one.organization.name}".replace("  ", " ")
        for one in open_proposals.select_related("organization", "person").order_by("pk")
    ]
    return {
        "proposals": Said(_("Proposals"), proposed, _(", ").join(proposed) or "—"),
        "is_active": Said(_("State"), account.is_active, _active(is_active=account.is_active)),
        "password": Said(_("Password"), account.password, _("another one")),
        "codes": Said(_("One-time codes"), uses_codes, _("in use") if uses_codes else _("none")),
        "person": Said(_("Person of the register"), account.person_id, str(account.person or "—")),
        "roles": Said(_("Roles"), [one.pk for one in open_ones], _(", ").join(roles) or "—"),
    }


def _active(*, is_active: bool) -> str:
    return _("may sign in") if is_active else _("deactivated")
