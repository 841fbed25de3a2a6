"""A unit says other figures where it must, and seals its answer to a table."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import pack_of
from pingyi.core.clock import day_of
from pingyi.returns.enums import ReturnDeed, ReturnState
from pingyi.returns.forms import FOOT, CorrectionForm, SealForm
from pingyi.returns.operations.sealing import correct as correct_cell
from pingyi.returns.operations.sending import seal_or_submit
from pingyi.returns.permissions import why_not
from pingyi.returns.queries.draft import draft_of, said_now
from pingyi.returns.queries.imprint import foot_before
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.seen import (
    correction_seen,
    draft_seen,
    seen_in_cell,
    seen_in_draft,
)
from pingyi.returns.queries.sentences import cell_label, said_in_words, sentence_of
from pingyi.returns.views.viewing import Here, page_of, return_in_sight, unit_in_sight
from pingyi.ui.deeds import Deed, form_page

if TYPE_CHECKING:
    from datetime import date

    from pingyi.returns.queries.draft import Draft
    from pingyi.returns.rules.checks import Finding


@form_page
def seal(request: Request, **where: str) -> HttpResponse:
    """Seal the answer to a table: who answers for it, and a word on each warning."""
    here = return_in_sight(request, **where)
    plan, row = here.plan, here.row
    draft = draft_of(row, plan, said_now(Moment(here.round), here.unit))
    found = draft.findings()
    pack = pack_of(here.round.campaign)
    warnings = {each.key: sentence_of(pack, each) for each in found if each.level == "warning"}
    state = ReturnState(row.state)
    return Deed(
        title=_("Seal: %(table)s") % {"table": plan.annex},
        state=f"{here.unit.name} · {here.round.name} · {plan.title}",
        form=SealForm(
            request.POST or None,
            initial=_initial(here, day_of(request.now)),
            labels=plan.foot_labels,
            warnings=warnings,
            asks_cause=row.accepted is not None,
        ),
        submit=_("Seal"),
        do=partial(seal_or_submit, **here.named),
        done=_("It is sealed as a version that nobody changes any more."),
        back=page_of(here.round, here.unit, plan.code),
        edits=here.edits_of(
            partial(draft_seen, here.round, here.unit, plan.code), seen_in_draft(draft)
        ),
        refusal=why_not(request.user, here.round, here.unit, plan.code, state, ReturnDeed.SEAL),
        template="returns/seal.html",
        context=lambda: _seen_before_sealing(draft, found),
    ).page(request)


def _initial(here: Here, today: "date") -> dict[str, object]:
    """Who answered for the unit's tables the last time, and today."""
    foot = foot_before(here.round, here.unit)
    return {"filled_on": today, **{f"{FOOT}{label}": text for label, text in foot.items()}}


def _seen_before_sealing(draft: "Draft", found: "list[Finding]") -> dict[str, object]:
    """Errors with the way to their cells, and the figures that are not the counted ones."""
    pack = pack_of(draft.row.round.campaign)
    return {
        "round": draft.row.round,
        "unit": draft.row.unit,
        "errors": [
            (each.cells[0], sentence_of(pack, each)) for each in found if each.level == "error"
        ],
        "others": [
            (cell_label(pack, code), said_in_words(cell.counted), said_in_words(cell.said), cell)
            for code, cell in draft.cells.items()
            if cell.differs
        ],
    }


@form_page
def correct(request: Request, cell: str, **where: str) -> HttpResponse:
    """Say something else in a cell than what is counted there, and why."""
    round_, unit_ = unit_in_sight(request, **where)
    counted = said_now(Moment(round_), unit_)
    if cell not in counted:
        raise Http404(_("There is no such cell in the tables of this campaign."))
    table = cell.partition(".")[0]
    here = return_in_sight(request, table_code=table, **where)
    state, pack = ReturnState(here.row.state), pack_of(round_.campaign)
    known = seen_in_cell(here.row, counted[cell])
    edits = here.edits_of(partial(correction_seen, round_, unit_, cell), known)
    words = {"cell": cell_label(pack, cell), "counted": said_in_words(counted[cell].counted)}
    return Deed(
        title=_("Say another figure"),
        state=_("%(cell)s: the ledger counts %(counted)s.") % words,
        form=CorrectionForm(request.POST or None, initial=edits.content),
        submit=_("Save"),
        do=partial(correct_cell, round_=round_, unit=unit_, cell=cell),
        done=_("It is noted, and stands in the next version."),
        back=page_of(round_, unit_, table),
        edits=edits,
        refusal=why_not(request.user, round_, unit_, table, state, ReturnDeed.SEAL),
    ).page(request)
