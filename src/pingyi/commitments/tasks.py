"""The ledger of commitments as a file (N10)."""

from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.campaigns.queries import campaigns_visible_to
from pingyi.commitments.exports import ledger_table, ledger_title
from pingyi.commitments.queries.commitments import (
    called,
    commitments_visible_to,
    kinds_of,
    narrowed,
)
from pingyi.core.pieces import in_pieces
from pingyi.downloads.doors import Asked, Document
from pingyi.ui.downloads import file_name

if TYPE_CHECKING:
    from pingyi.accounts.models import User

KINDS = ("xlsx", "pdf")


def ledger(actor: "User", asked: Asked, _now: datetime) -> Document:
    """The commitments in sight in the state that the list shows, as xlsx or pdf."""
    code, kind = asked.place["campaign_code"], asked.place["kind"]
    campaign = campaigns_visible_to(actor).filter(code=code).first()
    if campaign is None or kind not in KINDS:
        raise Http404(_("There is no such document."))
    found = narrowed(commitments_visible_to(actor, campaign), asked.query.get("state", ""))
    found = found.order_by("unit__path", "participant_id", "pk")
    kinds = kinds_of(campaign)
    return Document(
        title=ledger_title(),
        name=file_name(campaign.name, ledger_title(), kind=kind),
        page=reverse("commitments:commitments", args=[code]),
        count=found.count,
        table=lambda: ledger_table(campaign, called(kinds, chain.from_iterable(in_pieces(found)))),
    )
