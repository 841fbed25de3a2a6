"""The mailbox in the menu."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.ui.doors import MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def menu(actor: "User", _round: object) -> list[MenuEntry]:
    """What came in, for the office; where there is a mailbox."""
    if settings.MAILBOX is None or not has_right(actor, Right.MANAGE_ACCOUNTS):
        return []
    return [MenuEntry(MenuPart.KEEPING, reverse("mailbox:list"), "mail", _("Mailbox"))]
