"""Which bulletins wait to be approved, and which approved ones to be published."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.bulletins.enums import BulletinState
from pingyi.bulletins.models import Bulletin
from pingyi.bulletins.queries.bulletins import paths_of
from pingyi.campaigns.queries import hold_all, scopes
from pingyi.ui.doors import LINES_SHOWN, Item, Worklist

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


FIRST = 1


def worklist(actor: "User", round_: "Round | None", _today: date) -> Worklist:
    """Owed: to publish what was approved. Waiting: what somebody else wrote, to be approved.

    Of all rounds, said with the first one of a campaign alone.
    """
    if round_ is None or round_.position != FIRST:
        return Worklist()
    return Worklist(list(_to_publish(actor, round_)), list(_to_approve(actor, round_)))


def _to_publish(actor: "User", round_: "Round") -> "Iterator[Item]":
    """Of the unit itself, not of those below it: they have somebody of their own."""
    found = scopes(actor, round_.campaign)
    units = {each.unit.pk for each in found if each.role in Right.PUBLISH_REVIEWS.roles}
    if units:
        ready = Bulletin.objects.filter(
            campaign=round_.campaign_id, unit__in=units, state=BulletinState.APPROVED
        )
        yield from _lines(ready, round_, _("Publish: %(title)s"), _("Publish"))


def _to_approve(actor: "User", round_: "Round") -> "Iterator[Item]":
    paths = paths_of(actor, round_.campaign, Right.DECIDE)
    if paths:
        drafts = Bulletin.objects.filter(
            campaign=round_.campaign_id, state=BulletinState.DRAFT
        ).exclude(written_by=actor)
        if hold_all(paths):
            drafts = drafts.order_by("number")
        else:
            # In the order of the index that knows their tops: by number it would read all of them.
            tops = round_.campaign.units.in_subtree(paths).order_by()
            drafts = drafts.filter(top__in=tops).order_by("top")
        yield from _lines(drafts, round_, _("Approve: %(title)s"), _("Read"))


def _lines(
    found: "QuerySet[Bulletin]", round_: "Round", sentence: str, button: str
) -> "Iterator[Item]":
    for each in found.select_related("unit")[:LINES_SHOWN]:
        yield Item(
            sentence % {"title": each.title},
            each.unit.name,
            None,
            "todo",
            reverse("bulletins:bulletin", args=[round_.campaign.code, each.pk]),
            button,
        )
