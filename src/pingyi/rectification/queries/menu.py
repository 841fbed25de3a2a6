"""The page of rectifications in the menu."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.ui.doors import MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def menu(actor: "User", round_: "Round | None") -> list[MenuEntry]:
    """Rectification, for whoever reads appraisals."""
    if round_ is None or not has_right(actor, Right.READ_APPRAISALS):
        return []
    items = reverse("rectification:items", args=[round_.campaign.code])
    return [MenuEntry(MenuPart.WORK, items, "tools", _("Rectification"))]
