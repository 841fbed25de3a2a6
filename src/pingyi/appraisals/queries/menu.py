"""The pages of appraisals in the menu."""

from typing import TYPE_CHECKING

from django.urls import reverse

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.appraisals.queries.plans import appraisal_name, plan_of
from pingyi.ui.doors import MenuEntry, MenuPart

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def menu(actor: "User", round_: "Round | None") -> list[MenuEntry]:
    """Appraisals, where the pack has them, for whoever answers for others."""
    if round_ is None or plan_of(round_) is None or not has_right(actor, Right.READ_APPRAISALS):
        return []
    units = reverse("appraisals:units", args=[round_.campaign.code, round_.code])
    return [MenuEntry(MenuPart.WORK, units, "checks", appraisal_name(round_))]
