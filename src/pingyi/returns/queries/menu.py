"""The pages of the tables in the menu."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.campaigns.queries import pack_of
from pingyi.ui.doors import MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def menu(actor: "User", round_: "Round | None") -> list[MenuEntry]:
    """Tables, where the pack has any, for whoever answers for others."""
    if (
        round_ is None
        or not pack_of(round_.campaign).tables
        or not has_right(actor, Right.READ_TABLES)
    ):
        return []
    units = reverse("returns:units", args=[round_.campaign.code, round_.code])
    return [MenuEntry(MenuPart.WORK, units, "table", _("Tables"))]
