"""The access log, for the campaign office of a part of the tree."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pingyi.accounts.enums import AccessKind
from pingyi.accounts.queries import SEARCHED, access_visible_to, told_apart, with_page
from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.ui.lists import Sorts, list_page
from pingyi.web.permissions import why_not_read_access

SORTS: Sorts = {"at": ("done_at", "pk")}


@require_safe
def access(request: Request) -> HttpResponse:
    """Who signed in or failed to, got which role, took which file away; the latest first."""
    refuse(why_not_read_access(request.user))
    kind = request.GET.get("kind", "")
    lines = access_visible_to(request.user, day_of(request.now), kind)
    listing = list_page(request, lines, search=SEARCHED, sorts=SORTS, default="-at", per_page=50)
    rows = list(told_apart(listing.page, day_of(request.now)))
    context = {
        "rows": rows,
        "linked": with_page(rows, request.user, day_of(request.now)),
        "listing": listing,
        "kinds": AccessKind.choices,
        "kind": kind,
    }
    return render(request, "web/access.html", context)
