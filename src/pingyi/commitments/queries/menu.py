"""The page of commitments in the menu."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.commitments.queries.commitments import kinds_of
from pingyi.ui.doors import MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def menu(_actor: "User", round_: "Round | None") -> list[MenuEntry]:
    """Commitments, for everybody, where the pack has kinds of them."""
    if round_ is None or not kinds_of(round_.campaign):
        return []
    url = reverse("commitments:commitments", args=[round_.campaign.code])
    return [MenuEntry(MenuPart.PUBLISHED, url, "ballpen", _("Public commitments"))]
