"""The list of bulletins, and one of them with its history and what can be done with it."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request, address_for_others
from pingyi.bulletins.enums import BulletinDeed, BulletinState
from pingyi.bulletins.exports import MAKERS, SHEETS, poster
from pingyi.bulletins.exports import document as file_of
from pingyi.bulletins.forms import ApproveForm, PublishForm, WithdrawForm
from pingyi.bulletins.operations import steps
from pingyi.bulletins.permissions import why_not_do, why_not_post, why_not_write
from pingyi.bulletins.queries.bulletins import bulletins_visible_to, narrowed, paths_of
from pingyi.bulletins.queries.figures import sources_of
from pingyi.bulletins.queries.seen import bulletin_content, bulletin_seen
from pingyi.bulletins.views.viewing import bulletin_in_sight, campaign_in_sight, page_of, shown
from pingyi.campaigns.queries import current_round
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.downloads import download, file_name
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

FORMS: dict[BulletinDeed, Any] = {
    BulletinDeed.APPROVE: (ApproveForm, steps.approve),
    BulletinDeed.PUBLISH: (PublishForm, steps.publish),
    BulletinDeed.WITHDRAW: (WithdrawForm, steps.withdraw),
}


@require_safe
def bulletins(request: Request, campaign_code: str) -> HttpResponse:
    """What was made known to the actor, and what is being written where the actor writes."""
    campaign = campaign_in_sight(request, campaign_code)
    state = request.GET.get("state", "")
    listing = list_page(
        request,
        narrowed(bulletins_visible_to(request.user, campaign), state),
        search=("title", "unit__name", "unit__initials", "document_number"),
        sorts={"number": "number", "unit": ("unit__path", "number"), "on": "published_on"},
        default="-number",
    )
    writes = bool(paths_of(request.user, campaign, Right.PUBLISH_REVIEWS))
    context = {
        "campaign": campaign,
        "round": current_round(campaign, day_of(request.now)),
        "listing": listing,
        "state": state,
        "filters": [("", _("All")), *BulletinState.choices] if writes else [],
        "writes": writes,
    }
    return render(request, "bulletins/bulletins.html", context)


@require_safe
def bulletin(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """The text as it is read; for those who write, figures with their sources and the history."""
    found = bulletin_in_sight(request, campaign_code, pk)
    deeds = [
        (deed, page_of("revise", campaign_code, pk))
        if deed is BulletinDeed.REVISE
        else (deed, page_of("deed", campaign_code, pk, deed.value))
        for deed in BulletinDeed
        if why_not_do(request.user, found, deed) is None
    ]
    title, paragraphs = shown(found)
    keeps = why_not_write(request.user, found.unit) is None
    context = {
        "bulletin": found,
        "title": title,
        "paragraphs": paragraphs,
        "campaign": found.unit.campaign,
        "deeds": deeds,
        "keeps": keeps,
        "is_posted": keeps and why_not_post(found) is None,
        "is_shown": keeps or found.state != BulletinState.WITHDRAWN,
        "sources": sources_of(found) if keeps else [],
        "steps": found.steps.select_related("done_by") if keeps else [],
    }
    return render(request, "bulletins/bulletin.html", context)


@require_safe
def document(request: Request, campaign_code: str, pk: int, form: str) -> HttpResponse:
    """The bulletin as a file; of what was withdrawn only those have it who write there."""
    found = bulletin_in_sight(request, campaign_code, pk)
    keeps = why_not_write(request.user, found.unit) is None
    if form not in MAKERS or (found.state == BulletinState.WITHDRAWN and not keeps):
        raise Http404(_("There is no such document."))
    name = file_name(found.unit.name, shown(found)[0], kind=form)
    return download(file_of(found, form), name)


@require_safe
def notice_board(request: Request, campaign_code: str, pk: int, size: str) -> HttpResponse:
    """A poster with a QR that opens the public page, for the notice board: A4 or A3."""
    found = bulletin_in_sight(request, campaign_code, pk)
    if size not in SHEETS:
        raise Http404(_("There is no such document."))
    refuse(why_not_post(found))
    page = reverse("bulletins:notice", args=[campaign_code, found.pk])
    address = address_for_others(request, page) or request.build_absolute_uri(page)
    name = file_name(found.unit.name, shown(found)[0], size.upper(), kind="pdf")
    return download(poster(found, address, size), name)


@form_page
def deed(request: Request, campaign_code: str, pk: int, move: str) -> HttpResponse:
    """Approve, publish or withdraw a bulletin."""
    kind = next((each for each in FORMS if each.value == move), None)
    if kind is None:
        raise Http404
    found = bulletin_in_sight(request, campaign_code, pk)
    form, operation = FORMS[kind]
    return Deed(
        title=_("{deed}: {title}").format(deed=kind.label, title=shown(found)[0]),
        state=f"{found.unit.name} · {found.get_scope_display()}",
        form=form(request.POST or None),
        submit=str(kind.label),
        do=partial(operation, bulletin=found),
        done=_("Recorded."),
        back=page_of("bulletin", campaign_code, pk),
        refusal=why_not_do(request.user, found, kind),
        edits=Edited(f"bulletin:{pk}", partial(bulletin_seen, pk), known=bulletin_content(found)),
    ).page(request)
