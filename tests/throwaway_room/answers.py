"""What this room answers at the doors of the others."""

from django.urls import reverse

from pingyi.campaigns.doors import Owed
from pingyi.ui.doors import Item, MenuEntry, MenuPart, Worklist
from tests.throwaway_room.models import Visit

OPENED = []


def owed(round_):
    seen = Visit.objects.values("organization_id")
    return Owed(units=round_.campaign.units.exclude(code__in=seen).filter(kind="branch"))


def opened(*, round_, by, now):
    OPENED.append(round_.code)


def worklist(actor, round_, today):
    if round_ is None:
        return Worklist()
    item = Item("Visit a branch", round_.name, round_.closes_on, "todo", reverse("web:home"), "Go")
    return Worklist(owed=[item])


def menu(actor, round_):
    return [MenuEntry(MenuPart.WORK, "/visits/", "eye", "Visits")]
