"""The pages of leader reviews in the menu."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.campaigns.queries import scopes
from pingyi.reviews.queries.texts import plan_of
from pingyi.ui.doors import MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def menu(actor: "User", round_: "Round | None") -> list[MenuEntry]:
    """Reviews for whoever answers for others: the own tasks, or the coverage for accounts that are
    nobody's and owe no review. What was said of oneself for people.
    """
    if round_ is None or plan_of(round_.campaign) is None:
        return []
    codes = (round_.campaign.code, round_.code)
    is_nobody = actor.person_id is None and any(
        scope.role in Right.READ_PEOPLE.roles for scope in scopes(actor, round_.campaign)
    )
    first = "reviews:coverage" if is_nobody else "reviews:tasks"
    mine = reverse("reviews:mine", args=codes[:1])
    found = []
    if has_right(actor, Right.READ_PEOPLE):
        found.append(MenuEntry(MenuPart.WORK, reverse(first, args=codes), "messages", _("Reviews")))
    if actor.person_id is not None or not found:
        found.append(MenuEntry(MenuPart.ABOUT_ME, mine, "message-circle", _("My reviews")))
    return found
