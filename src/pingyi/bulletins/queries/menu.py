"""The page of bulletins in the menu."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.ui.doors import MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def menu(_actor: "User", round_: "Round | None") -> list[MenuEntry]:
    """Bulletins, for everybody who belongs to a campaign."""
    if round_ is None:
        return []
    url = reverse("bulletins:bulletins", args=[round_.campaign.code])
    return [MenuEntry(MenuPart.PUBLISHED, url, "speakerphone", _("Bulletins"))]
