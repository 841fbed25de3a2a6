"""The list of items, and one item with its history and what can be done with it."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.rectification import operations
from pingyi.rectification.enums import ItemDeed, ItemState, SourceKind
from pingyi.rectification.forms import AssignForm, CloseForm, ReopenForm, ReportForm
from pingyi.rectification.permissions import why_not_do, why_not_keep_evidence
from pingyi.rectification.queries.items import FILTERS, LATE, items_visible_to, narrowed, paths_of
from pingyi.rectification.queries.seen import FIELDS, item_content, item_seen
from pingyi.rectification.queries.waiting import sources_of, waiting_of
from pingyi.rectification.views.viewing import campaign_in_sight, item_in_sight, page_of
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

FORMS: dict[ItemDeed, Any] = {
    ItemDeed.ASSIGN: (AssignForm, operations.assign),
    ItemDeed.REPORT: (ReportForm, operations.report),
    ItemDeed.CLOSE: (CloseForm, operations.close),
    ItemDeed.REOPEN: (ReopenForm, operations.reopen),
}


@require_safe
def items(request: Request, campaign_code: str) -> HttpResponse:
    """What is to be put right in the actor's part of the tree, what is due first on top."""
    campaign = campaign_in_sight(request, campaign_code)
    today = day_of(request.now)
    state = request.GET.get("state", "")
    visible = items_visible_to(request.user, campaign)
    listing = list_page(
        request,
        visible.filter(narrowed(state, today)),
        search=("problem", "unit__name", "unit__initials", "responsible"),
        sorts={"number": "number", "unit": ("unit__path", "number"), "due": ("due_on", "number")},
        default="due",
    )
    context = {
        "campaign": campaign,
        "listing": listing,
        "state": state if state in FILTERS else "",
        "filters": [("", _("All")), *ItemState.choices, (LATE, _("Late"))],
        "today": today,
        "assigns": state == ItemState.REGISTERED
        and bool(paths_of(request.user, campaign, Right.DECIDE)),
        "keeps": bool(paths_of(request.user, campaign, Right.RECORD_APPRAISALS)),
        "waiting": any(waiting_of(kind, request.user, campaign).exists() for kind in SourceKind),
    }
    return render(request, "rectification/items.html", context)


@require_safe
def item(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Where it came from, who puts it right how and by when, and all that was done."""
    found = item_in_sight(request, campaign_code, pk)
    deeds = [
        (deed, page_of("deed", campaign_code, pk, deed.value))
        for deed in ItemDeed
        if why_not_do(request.user, found, deed) is None
    ]
    context = {
        "item": found,
        "campaign": found.unit.campaign,
        "today": day_of(request.now),
        "deeds": deeds,
        "sources": sources_of(pk),
        "files": found.evidence_files.select_related("uploaded_by") if found.files else [],
        "keeps_files": why_not_keep_evidence(request.user, found) is None,
        "steps": found.steps.select_related("done_by"),
    }
    return render(request, "rectification/item.html", context)


@form_page
def deed(request: Request, campaign_code: str, pk: int, step: str) -> HttpResponse:
    """Assign, report, close off or reopen an item."""
    if step not in ItemDeed.values:
        raise Http404
    found, kind = item_in_sight(request, campaign_code, pk), ItemDeed(step)
    form, operation = FORMS[kind]
    initial = {name: getattr(found, name) for name in FIELDS.get(step, ())}
    return Deed(
        title=_("{deed}: no. {number}").format(deed=kind.label, number=found.number),
        state=f"{found.unit.name} · {found.problem[:80]}",
        form=form(request.POST or None, initial=initial),
        submit=str(kind.label),
        do=partial(operation, item=found),
        done=_("Recorded."),
        back=page_of("item", campaign_code, pk),
        refusal=why_not_do(request.user, found, kind),
        edits=Edited(f"rectification:{pk}", partial(item_seen, pk), known=item_content(found)),
    ).page(request)
