"""The ledger of appraisals as a file (N10)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.appraisals.exports import ledger_table
from pingyi.appraisals.queries.ledger import ledger_lines, signed_counts
from pingyi.appraisals.queries.plans import plan_of
from pingyi.appraisals.queries.units import readable_units
from pingyi.campaigns.queries import rounds_visible_to
from pingyi.downloads.doors import Asked, Document
from pingyi.ui.downloads import file_name

if TYPE_CHECKING:
    from pingyi.accounts.models import User

KINDS = ("xlsx", "pdf")


def ledger(actor: "User", asked: Asked, now: datetime) -> Document:  # noqa: ARG001  the door gives it
    """All signed counts in sight, one line each, as xlsx or pdf."""
    code, round_code, kind = (asked.place[key] for key in ("campaign_code", "round_code", "kind"))
    if kind not in KINDS:
        raise Http404(_("There is no such document."))
    round_ = rounds_visible_to(actor, code).filter(code=round_code).first()
    if round_ is None or plan_of(round_) is None:
        raise Http404(_("This campaign has no mass appraisal."))
    units = readable_units(actor, round_)
    if units is None:
        raise Http404(_("You read no appraisal in this campaign."))
    counts = signed_counts(round_, units)
    return Document(
        title=_("Ledger of mass appraisals"),
        name=file_name(
            round_.campaign.name, _("Ledger of mass appraisals"), round_.name, kind=kind
        ),
        page=reverse("appraisals:units", args=[code, round_code]),
        count=counts.count,
        table=lambda: ledger_table(round_, ledger_lines(round_, counts)),
    )
