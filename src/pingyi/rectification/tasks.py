"""The ledger of rectifications as a file (N10)."""

from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.queries import campaigns_visible_to
from pingyi.core.clock import day_of
from pingyi.core.pieces import in_pieces
from pingyi.downloads.doors import Asked, Document
from pingyi.rectification.exports import ledger_table, ledger_title
from pingyi.rectification.queries.items import items_visible_to, narrowed, paths_of
from pingyi.ui.downloads import file_name

if TYPE_CHECKING:
    from pingyi.accounts.models import User

KINDS = ("xlsx", "pdf")


def ledger(actor: "User", asked: Asked, now: datetime) -> Document:
    """The items in sight in the state that the list shows, as xlsx or pdf."""
    code, kind = asked.place["campaign_code"], asked.place["kind"]
    campaign = campaigns_visible_to(actor).filter(code=code).first()
    if campaign is None or kind not in KINDS:
        raise Http404(_("There is no such document."))
    if not paths_of(actor, campaign, Right.READ_APPRAISALS):
        raise Http404(_("You read no appraisal in this campaign."))
    items = items_visible_to(actor, campaign)
    items = items.filter(narrowed(asked.query.get("state", ""), day_of(now))).order_by("number")
    return Document(
        title=ledger_title(),
        name=file_name(campaign.name, ledger_title(), kind=kind),
        page=reverse("rectification:items", args=[code]),
        count=items.count,
        table=lambda: ledger_table(campaign, chain.from_iterable(in_pieces(items))),
    )
