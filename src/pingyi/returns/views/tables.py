"""The tables of a unit on the screen, what stands behind a figure, and their documents."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.appraisals.queries import ballot_boxes
from pingyi.campaigns.queries import pack_of, scopes
from pingyi.core.clock import day_of
from pingyi.returns.enums import ReturnDeed, ReturnState
from pingyi.returns.exports import RENDERERS, paper_document, papers_pdf
from pingyi.returns.forms import FootForm
from pingyi.returns.operations.imprint import fill_in_imprint
from pingyi.returns.permissions import (
    deeds_of,
    side_of,
    why_not_fill_in,
    why_not_hand_in,
    why_not_keep_stamped,
)
from pingyi.returns.queries.board import waiting_below
from pingyi.returns.queries.heads import heads_behind
from pingyi.returns.queries.imprint import foot_labels, imprint_seen
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.pages import (
    findings_of,
    paper_asked,
    remarks_of,
    stands_out,
    usual_papers,
    usual_version,
)
from pingyi.returns.queries.returns import owed_by, returns_of, versions_of
from pingyi.returns.queries.rolled import adds_up
from pingyi.returns.queries.said import SaidIn, said_in, table_of
from pingyi.returns.queries.sentences import annex_of, called
from pingyi.returns.queries.stamped import copies_of
from pingyi.returns.rules.workflow import Side
from pingyi.returns.views.viewing import Here, unit_in_sight
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.downloads import download, file_name
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.returns.models import Return
    from pingyi.returns.queries.papers import Paper


@require_safe
def unit(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """The tables of a unit, drawn as paper, one at a time: as they would be sealed now, or as they
    were; and what is to be done with them.
    """
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    pairs = returns_of(round_, unit_)
    if not pairs:
        raise Http404(_("This campaign has no statistical tables."))
    asked = request.GET.get("table", "")
    plan, row = next((pair for pair in pairs if pair[0].code == asked), pairs[0])
    side = Side.SENDER if side_of(request.user, unit_, Side.SENDER) else Side.RECEIVER
    usual = usual_version(row, is_sender=side is Side.SENDER)
    number, today = request.GET.get("version", ""), day_of(request.now)
    paper = paper_asked(row, plan, number, usual, today)
    if paper is None:
        raise Http404(_("There is no such version."))
    context = {
        "round": round_,
        "unit": unit_,
        "tabs": [(each, found.state, _called(found, side)) for each, found in pairs],
        "paper": paper,
        "versions": versions_of(row) if row.pk else [],
        "forms": ballot_boxes(round_),
        "fill_refusal": why_not_fill_in(request.user, unit_),
        **_standing(request, paper, side),
        "hand_in_refusal": why_not_hand_in(request.user, unit_),
        "adds_up": adds_up(unit_),
    }
    return render(request, "returns/unit.html", context)


def _called(row: "Return", side: Side) -> str:
    return called(ReturnState(row.state), side, amends=row.accepted_id is not None)


def _to_examine_next(request: Request, row: "Return") -> "tuple[Unit, str, str] | None":
    """After an answer what else waits for the reader, the earliest first: unit, table, annex."""
    if row.state not in (ReturnState.ACCEPTED, ReturnState.SENT_BACK):
        return None
    paths = [
        s.path
        for s in scopes(request.user, row.round.campaign)
        if s.role in Right.FILL_IN_TABLES.roles
    ]
    found = waiting_below(row.round, paths).first() if paths else None
    if found is None:
        return None
    return found.unit, found.table, annex_of(pack_of(row.round.campaign), found.table)


def _standing(request: Request, paper: "Paper", side: Side) -> dict[str, object]:
    """How far the return is, what the reader can do about it, and what is said of it."""
    row = paper.row
    state = ReturnState(row.state)
    deeds = deeds_of(request.user, row.round, row.unit, row.table, state)
    is_latest = paper.version is not None and paper.version == row.latest
    owed = next(
        (each for each in owed_by(row.round, [row.unit]) if each.table.code == row.table), None
    )
    answers = ReturnDeed.ACCEPT in deeds
    return {
        "owed": owed,
        "state": state,
        "called": _called(row, side),
        "late": owed.lateness(day_of(request.now)) if owed else "",
        "deeds": deeds,
        "edits": Here(row.round, row.unit, paper.plan, row).edits,
        "findings": findings_of(paper) if ReturnDeed.SEAL in deeds else [],
        "remarks": remarks_of(paper),
        "outstanding": stands_out(paper) if answers and is_latest else [],
        "answers": answers and is_latest,
        "further": _to_examine_next(request, row) if side is Side.RECEIVER else None,
        "stamped": copies_of(paper.version).first() if paper.version else None,
        "stamp_refusal": why_not_keep_stamped(request.user, row.unit),
    }


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
    said = _said_in(request, round_, unit_, cell)
    found = heads_behind(Moment(round_, said.at), unit_, cell)
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
        "adds_up": adds_up(unit_),
        "said": said.cell,
        "version": said.version,
        "may_correct": said.is_open,
        "counts": (
            listing.total if not (missing or listing.q) else found.counted.count(),
            listing.total if missing and not listing.q else found.missing.count(),
        ),
    }
    return render(request, template, context)


def _said_in(request: Request, round_: "Round", unit_: "Unit", cell: str) -> SaidIn:
    """What stands in the cell in the version that is asked for, else what would be sealed now."""
    number = request.GET.get("version", "now")
    row = next(
        (row for _plan, row in returns_of(round_, unit_) if row.table == table_of(cell)), None
    )
    said = said_in(row, cell, number) if row else SaidIn()
    if said is None:
        raise Http404(_("There is no such version."))
    if row is None or not said.is_open:
        return replace(said, is_open=False)
    deeds = deeds_of(request.user, round_, unit_, row.table, ReturnState(row.state))
    return replace(said, is_open=ReturnDeed.SEAL in deeds)


@require_safe
def document(
    request: Request,
    campaign_code: str,
    round_code: str,
    unit_code: str,
    table_code: str,
    kind: str,
) -> HttpResponse:
    """One table as PDF, Excel or Word, as it would be sealed now or as it was in the version
    that is asked for; `all` as PDF is every table in one file.
    """
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    pairs, today = returns_of(round_, unit_), day_of(request.now)
    if not pairs:
        raise Http404(_("This campaign has no statistical tables."))
    if table_code == "all" and kind == "pdf":
        is_sender = side_of(request.user, unit_, Side.SENDER)
        papers = usual_papers(round_, unit_, today, is_sender=is_sender)
        content = papers_pdf(papers, unit_name=unit_.name)
        return download(content, file_name(unit_.name, _("all tables"), round_.name, kind=kind))
    pair = next((pair for pair in pairs if pair[0].code == table_code), None)
    number = request.GET.get("version", "now")
    paper = paper_asked(pair[1], pair[0], number, None, today) if pair else None
    if paper is None or kind not in RENDERERS:
        raise Http404(_("There is no such document."))
    content = paper_document(paper, kind=kind, unit_name=unit_.name)
    told = _("version %(number)s") % {"number": paper.version.number} if paper.version else ""
    name = file_name(unit_.name, paper.plan.annex, round_.name, *filter(None, [told]), kind=kind)
    return download(content, name)


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
        form=FootForm(request.POST or None, initial=edits.content, labels=labels),
        submit=_("Save"),
        back=reverse("returns:unit", args=[campaign_code, round_code, unit_code]),
        done=_("It is kept, and stands on all tables of this round."),
        do=partial(fill_in_imprint, round_=round_, unit=unit_),
        edits=edits,
        refusal=why_not_fill_in(request.user, unit_),
    ).page(request)
