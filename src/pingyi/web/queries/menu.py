"""The menu of every page: what the rooms offer, and the pages that span them."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.ui.doors import MENUS, MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round

MOST = 7


def menu(actor: "User", round_: "Round | None") -> list[MenuEntry]:
    """Home, and supervision for those whose view goes over all units."""
    found = [MenuEntry(MenuPart.HOME, reverse("web:home"), "home", _("Home"))]
    if round_ is not None and has_right(actor, Right.SUPERVISE):
        url = reverse("web:supervision", args=[round_.campaign.code, round_.code])
        found.append(MenuEntry(MenuPart.OVERSIGHT, url, "eye", _("Supervision")))
    return found


def about_me(actor: "User", round_: "Round | None") -> MenuEntry | None:
    """The page about oneself, to be read while there is nothing to do."""
    offered = (entry for of_room in MENUS.values() for entry in of_room(actor, round_))
    return next((entry for entry in offered if entry.part == MenuPart.ABOUT_ME), None)


def navigation(
    actor: "User", round_: "Round | None", path: str
) -> list[tuple[str, str, str, bool]]:
    """Address, icon, label, whether one is there: what this user comes for, part by part."""
    offered = [entry for of_room in MENUS.values() for entry in of_room(actor, round_)]
    if sum(entry.part != MenuPart.PUBLISHED for entry in offered) > MOST:
        offered = [entry for entry in offered if entry.part != MenuPart.ABOUT_ME]
    return [
        (entry.url, entry.icon, entry.label, _is_active(path, entry.url))
        for entry in sorted(offered, key=lambda entry: entry.part)
    ]


def _is_active(path: str, url: str) -> bool:
    """Home and what is about me only on themselves; another entry on every page of its room."""
    about_me = path.endswith("/mine/")
    if url == reverse("web:home") or about_me or url.endswith("/mine/"):
        return path == url
    room = "/" + url.strip("/").split("/")[0] + "/"
    return path.startswith(room)
