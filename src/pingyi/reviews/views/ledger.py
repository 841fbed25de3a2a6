"""The ledger of reviews (台账): filters in the address, pages (N10)."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.reviews.exports import ledger_title
from pingyi.reviews.forms.filters import LedgerFilter
from pingyi.reviews.queries.ledger import ledger_rows, lines_of, reviews_in_order
from pingyi.reviews.queries.sight import kept_units
from pingyi.reviews.views.viewing import Place, place_in_sight, publishing_page


def _form(request: Request, place: Place) -> LedgerFilter:
    return LedgerFilter(
        place.plan,
        list(place.campaign.rounds.all()),
        kept_units(place.viewer, place.campaign),
        request.GET,
    )


@require_safe
def ledger(request: Request, campaign_code: str) -> HttpResponse:
    """The lines in the usual columns."""
    place = place_in_sight(request, campaign_code)
    form = _form(request, place)
    filters = form.filters()
    rows = ledger_rows(place.viewer, place.campaign, filters)
    # Keys are put in order, not whole texts: the last page takes as long as the first.
    page = Paginator(rows.values_list("pk", flat=True), 20).get_page(request.GET.get("page"))
    context = {
        "campaign": place.campaign,
        "title": ledger_title(place.campaign),
        "plan": place.plan,
        "form": form,
        "page": page,
        "lines": lines_of(place.plan, reviews_in_order(page.object_list)),
        "is_filtered": bool(request.GET),
        "publish_url": publishing_page(
            request.user, place, day_of(request.now), filters.unit, filters.round
        ),
    }
    return render(request, "reviews/ledger.html", context)
