"""The statistical tables on the screen, what stands behind a figure, and their documents."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.appraisals.queries import ballot_forms
from pingyi.campaigns.permissions import why_not_urge
from pingyi.campaigns.queries import (
    place_of_urging,
    reporting_units,
    scopes,
    units_visible_to,
)
from pingyi.core.clock import day_of
from pingyi.returns.exports import RENDERERS, table_document, tables_pdf
from pingyi.returns.forms import ImprintForm
from pingyi.returns.operations.imprint import fill_in_imprint
from pingyi.returns.permissions import why_not_fill_in
from pingyi.returns.queries.heads import heads_behind
from pingyi.returns.queries.imprint import foot_labels, imprint_of, imprint_seen
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import tables_of
from pingyi.returns.views.viewing import round_in_sight, unit_in_sight
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.downloads import download, file_name
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from datetime import date

    from pingyi.returns.models import Imprint


@require_safe
def units(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Whose tables can be looked at; a person with one unit goes straight to it."""
    round_ = round_in_sight(request, campaign_code, round_code)
    paths = [
        s.path for s in scopes(request.user, round_.campaign) if s.role in Right.READ_TABLES.roles
    ]
    if not paths:
        raise Http404(_("You read no tables in this campaign."))
    visible = units_visible_to(request.user, round_.campaign).in_subtree(paths)
    reporting = visible.filter(pk__in=reporting_units(round_.campaign).values("pk"))
    if not reporting.exists():
        reporting = visible
    if reporting.count() == 1 and not request.GET:
        return redirect("returns:unit", campaign_code, round_code, reporting.get().code)
    listing = list_page(
        request,
        visible if request.GET.get("all") else reporting,
        search=("name", "initials", "code"),
        sorts={"path": "path", "name": "name", "code": "code"},
        default="path",
    )
    top = visible.order_by("path").first()
    context = {
        "round": round_,
        "listing": listing,
        "top": top,
        "urge_place": place_of_urging(round_),
        "urge_refusal": why_not_urge(request.user, round_.campaign),
    }
    return render(request, "returns/units.html", context)


@require_safe
def unit(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """The tables of a unit, drawn as paper, one at a time."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    filled = tables_of(Moment(round_), unit_)
    pairs = filled.pairs()
    if not pairs:
        raise Http404(_("This campaign has no statistical tables."))
    chosen = request.GET.get("table", "")
    table, figures = next((pair for pair in pairs if pair[0].code == chosen), pairs[0])
    kept = imprint_of(round_, unit_)
    context = {
        "round": round_,
        "unit": unit_,
        "tables": filled.tables,
        "table": table,
        "figures": figures,
        "filled_on": _filled_on(request, kept),
        "foot": [(label, kept.foot.get(label, "") if kept else "") for label in table.foot_labels],
        "forms": ballot_forms(round_),
        "fill_refusal": why_not_fill_in(request.user, unit_),
    }
    return render(request, "returns/unit.html", context)


@require_safe
def heads(
    request: Request,
    campaign_code: str,
    round_code: str,
    unit_code: str,
    cell: str,
) -> HttpResponse:
    """The organizations or people behind the figure of a cell, and who is still missing."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    found = heads_behind(Moment(round_), unit_, cell)
    if found is None:
        raise Http404(_("There is no such cell in the tables of this campaign."))
    missing = request.GET.get("show") == "missing"
    listing = list_page(
        request,
        found.missing if missing else found.counted,
        search=("name", "initials"),
        sorts={"name": "name", "unit": "place"},
        default="unit",
    )
    template = "returns/heads_panel.html" if request.htmx else "returns/heads.html"
    context = {
        "round": round_,
        "unit": unit_,
        "cell": cell,
        "found": found,
        "listing": listing,
        "missing": missing,
        "counts": (
            listing.total if not (missing or listing.q) else found.counted.count(),
            listing.total if missing and not listing.q else found.missing.count(),
        ),
    }
    return render(request, template, context)


@require_safe
def document(
    request: Request,
    campaign_code: str,
    round_code: str,
    unit_code: str,
    table_code: str,
    kind: str,
) -> HttpResponse:
    """One table as PDF, Excel or Word; `all` as PDF is every table in one file."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    filled = tables_of(Moment(round_), unit_)
    if not filled.tables:
        raise Http404(_("This campaign has no statistical tables."))
    kept = imprint_of(round_, unit_)
    said = {
        "unit_name": unit_.name,
        "filled_on": _filled_on(request, kept),
        "foot": kept.foot if kept else {},
    }
    annex = _("all tables")
    if table_code == "all" and kind == "pdf":
        content = tables_pdf(filled, **said)
    else:
        pair = next((pair for pair in filled.pairs() if pair[0].code == table_code), None)
        if pair is None or kind not in RENDERERS:
            raise Http404(_("There is no such document."))
        annex = pair[0].annex
        content = table_document(*pair, kind=kind, **said)
    return download(content, file_name(unit_.name, annex, round_.name, kind=kind))


@form_page
def imprint(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """Fill in what people write at the head and the foot of the tables; it is kept."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    today = day_of(request.now)
    name = f"imprint:{round_.pk}:{unit_.pk}"
    edits = Edited(name, partial(imprint_seen, round_, unit_, today))
    labels = foot_labels(round_)
    return Deed(
        title=_("Head and foot of the tables"),
        state=f"{unit_.name} · {round_.name}",
        form=ImprintForm(request.POST or None, initial=edits.content, labels=labels),
        submit=_("Save"),
        back=reverse("returns:unit", args=[campaign_code, round_code, unit_code]),
        done=_("It is kept, and stands on all tables of this round."),
        do=partial(fill_in_imprint, round_=round_, unit=unit_),
        edits=edits,
        refusal=why_not_fill_in(request.user, unit_),
    ).page(request)


def _filled_on(request: Request, kept: "Imprint | None") -> "date":
    return kept.filled_on if kept is not None else day_of(request.now)
