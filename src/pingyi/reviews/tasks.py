"""The ledger of reviews as a file (N10)."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse

from pingyi.campaigns.queries import campaigns_visible_to
from pingyi.core.pieces import in_pieces
from pingyi.documents.layouts import LedgerTable
from pingyi.downloads.doors import Asked, Document
from pingyi.reviews.exports import ledger_table, ledger_title
from pingyi.reviews.forms.filters import LedgerFilter
from pingyi.reviews.queries.entries import ledger_entries
from pingyi.reviews.queries.ledger import ledger_rows
from pingyi.reviews.queries.sight import MANY, kept_units, viewer_of
from pingyi.reviews.queries.texts import plan_of
from pingyi.ui.downloads import file_name

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign
    from pingyi.campaigns.rules.pack import ReviewPlan
    from pingyi.reviews.models import Review


def ledger(kind: str, actor: "User", asked: Asked, now: datetime) -> Document:
    """The reviews in sight that the filters of the ledger let through, as xlsx or pdf."""
    code = asked.place["campaign_code"]
    campaign = campaigns_visible_to(actor).prefetch_related("rounds").filter(code=code).first()
    plan = plan_of(campaign) if campaign is not None else None
    if campaign is None or plan is None:
        raise Http404
    viewer = viewer_of(actor, campaign)
    units = kept_units(viewer, campaign)
    form = LedgerFilter(plan, list(campaign.rounds.all()), units, asked.query)
    rows = ledger_rows(viewer, campaign, form.filters())
    return Document(
        title=ledger_title(campaign),
        name=file_name(campaign.name, ledger_title(campaign), kind=kind),
        page=reverse("reviews:ledger", args=[code]),
        count=rows.count,
        table=partial(_table, campaign, plan, rows, now),
    )


def _table(
    campaign: "Campaign", plan: "ReviewPlan", rows: "QuerySet[Review]", now: datetime
) -> LedgerTable:
    pieces = in_pieces(rows.prefetch_related(None), MANY)
    lines = (line for piece in pieces for line in ledger_entries(campaign, plan, piece))
    return ledger_table(campaign, lines, now)
