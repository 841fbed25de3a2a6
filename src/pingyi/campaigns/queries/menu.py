"""The pages of campaigns in the menu."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.ui.doors import MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def menu(actor: "User", _round: object) -> list[MenuEntry]:
    """Campaigns, for the office."""
    if not has_right(actor, Right.RUN_CAMPAIGNS):
        return []
    return [MenuEntry(MenuPart.KEEPING, reverse("campaigns:list"), "flag", _("Campaigns"))]
