"""The ledger of reviews (台账): filters in the address, pages, exports (N10)."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.core.refusals import Refusal
from pingyi.reviews import exports
from pingyi.reviews.forms.filters import LedgerFilter
from pingyi.reviews.queries.entries import ledger_entries
from pingyi.reviews.queries.ledger import ledger_rows, lines_of, reviews_in_order
from pingyi.reviews.queries.sight import kept_units
from pingyi.reviews.views.viewing import Place, place_in_sight
from pingyi.ui.deeds import refused
from pingyi.ui.downloads import download

MOST_LINES_OF_A_PDF = 2000


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
    rows = ledger_rows(place.viewer, place.campaign, form.filters())
    # Keys are put in order, not whole texts: the last page takes as long as the first.
    page = Paginator(rows.values_list("pk", flat=True), 20).get_page(request.GET.get("page"))
    context = {
        "campaign": place.campaign,
        "plan": place.plan,
        "form": form,
        "page": page,
        "lines": lines_of(place.plan, reviews_in_order(page.object_list)),
        "is_filtered": bool(request.GET),
    }
    return render(request, "reviews/ledger.html", context)


@require_safe
def ledger_xlsx(request: Request, campaign_code: str) -> HttpResponse:
    """The lines that the filters let through, as a workbook."""
    return _export(request, campaign_code, exports.ledger_xlsx, "xlsx")


@require_safe
def ledger_pdf(request: Request, campaign_code: str) -> HttpResponse:
    """The lines that the filters let through, as PDF; a whole county is for the workbook."""
    place = place_in_sight(request, campaign_code)
    filters = _form(request, place).filters()
    count = ledger_rows(place.viewer, place.campaign, filters).count()
    if count > MOST_LINES_OF_A_PDF:
        sentence = _(
            "%(count)d reviews are too many for a PDF, which takes %(most)d: "
            "filter by organization or date, or take the Excel file."
        )
        sentence %= {"count": count, "most": MOST_LINES_OF_A_PDF}
        page = reverse("reviews:ledger", args=[campaign_code])
        too_many = Refusal(sentence, code="too_many")
        return refused(request, too_many, f"{page}?{request.GET.urlencode()}")
    return _export(request, campaign_code, exports.ledger_pdf, "pdf")


def _export(
    request: Request, campaign_code: str, made: Callable[..., bytes], kind: str
) -> HttpResponse:
    place = place_in_sight(request, campaign_code)
    rows = ledger_rows(place.viewer, place.campaign, _form(request, place).filters())
    lines = ledger_entries(place.campaign, place.plan, rows)
    content = made(place.campaign, lines, request.now)
    return download(content, f"reviews-{campaign_code}.{kind}")
