"""The pages of the register in the menu."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.ui.doors import MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def menu(actor: "User", _round: object) -> list[MenuEntry]:
    """The register, for whoever answers for others."""
    if not has_right(actor, Right.READ_PEOPLE):
        return []
    return [MenuEntry(MenuPart.KEEPING, reverse("register:list"), "sitemap", _("Register"))]
