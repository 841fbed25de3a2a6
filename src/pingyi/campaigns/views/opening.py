"""Opening a campaign: choose a pack, look at what would be frozen, open."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.campaigns import permissions
from pingyi.campaigns.forms.opening import OpeningForm
from pingyi.campaigns.operations.opening import open_campaign
from pingyi.campaigns.queries.freezing import Preview, preview
from pingyi.campaigns.queries.packs import known_pack, known_packs
from pingyi.campaigns.queries.seen import preview_seen
from pingyi.campaigns.rules.tree import TooDeep
from pingyi.campaigns.views.viewing import page_of
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.core.seen import Content, fingerprint
from pingyi.ui.deeds import done, form_page, refused
from pingyi.ui.edits import Edited


@form_page
def open_(request: Request) -> HttpResponse:
    """Without a pack in the address: choose one. POST shows what would be frozen, or opens."""
    roots = permissions.openable_roots(request.user)
    if not roots:
        no_office = Refusal(_("Only a campaign office can open a campaign."), code="not_office")
        return refused(request, no_office, reverse("campaigns:list"))
    wanted = request.GET.get("pack", "")
    if not wanted:
        return render(request, "campaigns/choose_pack.html", {"packs": known_packs()})
    info = known_pack(wanted)
    if info is None or info.pack is None:
        raise Http404
    form = OpeningForm(request.POST or None, pack=info.pack, roots=roots, today=day_of(request.now))
    is_sound, name = form.is_valid(), f"pack:{wanted}"
    if "open" in request.POST:
        answer = done(
            request,
            form,
            open_campaign,
            to=lambda opened: page_of(opened.code),
            said=_("The campaign is open. Next: open its first round."),
            edits=Edited(name, lambda: _seen(form, _preview(form))),
        )
        if answer is not None:
            return answer
    found = _preview(form) if is_sound else None
    edits = Edited(name, dict, known=_seen(form, found))
    context = {
        "form": form,
        "pack": info.pack,
        "preview": found,
        "doubts": found.doubts() if found else [],
        "remarks": form.remarks() if is_sound else [],
        "edits": edits,
    }
    return render(request, "campaigns/open.html", context)


def _seen(form: OpeningForm, found: Preview | None) -> Content:
    """What would be frozen, by which pack: what is opened is what was looked at."""
    return preview_seen(fingerprint(form.pack.model_dump(mode="json")), found)


def _preview(form: OpeningForm) -> Preview | None:
    try:
        return preview(form.top(), form.cleaned_data["cut_off_on"], form.pack)
    except TooDeep:
        return None
