"""Opening a campaign: choose a pack, look at what would be frozen, open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.campaigns import operations, permissions, queries
from pingyi.campaigns.forms.opening import OpeningForm
from pingyi.campaigns.rules.tree import TooDeep
from pingyi.campaigns.views.viewing import form_page, page_of
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal


@login_required
@form_page
def open_(request: Request) -> HttpResponse:
    """Without a pack in the address: choose one. POST shows what would be frozen, or opens."""
    roots = permissions.openable_roots(request.user)
    if not roots:
        messages.error(request, _("Only a campaign office can open a campaign."))
        return redirect("campaigns:list")
    wanted = request.GET.get("pack", "")
    if not wanted:
        return render(request, "campaigns/choose_pack.html", {"packs": queries.packs()})
    info = queries.pack(wanted)
    if info is None or info.pack is None:
        raise Http404
    form = OpeningForm(request.POST or None, pack=info.pack, roots=roots, today=day_of(request.now))
    seen = None
    if request.method == "POST" and form.is_valid():
        if "open" in request.POST:
            opened = _opened(request, form)
            if opened is not None:
                return opened
        seen = _preview(form)
    context = {"form": form, "pack": info.pack, "preview": seen}
    return render(request, "campaigns/open.html", context)


def _opened(request: Request, form: OpeningForm) -> HttpResponse | None:
    """Opens and leads to the campaign; nothing where it was refused."""
    try:
        opened = operations.open_campaign(**form.values(), by=request.user, now=request.now)
    except Refusal as refusal:
        form.add_error(None, [str(refusal), *(str(detail) for detail in refusal.details)])
        return None
    messages.success(request, _("The campaign is open. Next: open its first round."))
    return redirect(page_of(opened.code))


def _preview(form: OpeningForm) -> queries.Preview | None:
    try:
        return queries.preview(form.top(), form.cleaned_data["cutoff_on"], form.pack)
    except TooDeep:
        return None
