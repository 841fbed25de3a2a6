"""Making reviews known, and the pages that are visible to exactly their scope (N6)."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.reviews import permissions
from pingyi.reviews.forms.consequences import PublishForm
from pingyi.reviews.operations import consequences
from pingyi.reviews.queries.ledger import Filters, ledger_rows, lines_without_units
from pingyi.reviews.queries.seen import published_seen
from pingyi.reviews.queries.sight import publications_of, with_names
from pingyi.reviews.views.viewing import place_in_sight, round_of, unit_in_sight
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited
from pingyi.ui.lists import ListPage, list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pingyi.reviews.models import Review


@form_page
def publish(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """Tick the reviews of a unit, choose scope and way."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    unit = unit_in_sight(place, unit_code)
    filters = Filters(round=round_, unit=unit)
    rows = ledger_rows(place.viewer, place.campaign, filters)
    form = PublishForm(place.plan, day_of(request.now), request.POST or None)
    ticked = {int(pk) for pk in request.POST.getlist("review") if pk.isdecimal()}

    listing = _offered(request, rows)
    edits = Edited(
        f"publishing:{round_.pk}:{unit.pk}",
        lambda: published_seen(with_names(rows.filter(pk__in=ticked))),
        known=published_seen(listing.page),
    )

    def context() -> dict[str, Any]:
        lines = lines_without_units(place.plan, listing.page)
        return {"campaign": place.campaign, "listing": listing, "lines": lines, "ticked": ticked}

    return Deed(
        title=_("Publish reviews"),
        state=f"{round_.name} · {unit.name}",
        finds=_("Name or organization"),
        form=form,
        submit=_("Publish the ticked reviews"),
        do=lambda **values: consequences.publish(
            unit=unit, reviews=list(rows.filter(pk__in=ticked)), **values
        ),
        done=_("Published."),
        back=reverse("reviews:coverage-unit", args=[campaign_code, round_code, unit_code]),
        to=lambda made: reverse("reviews:publication", args=[campaign_code, made.pk]),
        refusal=permissions.why_not_publish(request.user, unit),
        edits=edits,
        template="reviews/publish.html",
        context=context,
    ).page(request)


def _offered(request: Request, rows: "QuerySet[Review]") -> ListPage:
    """What can be ticked: a branch on one page, a township on several."""
    return list_page(
        request,
        rows,
        search=("participant__name", "unit__name", "participant__unit__name", "reviewer__name"),
        sorts={"on": ("held_on", "id")},
        default="-on",
        per_page=100,
    )


@login_not_required
@require_safe
def published(request: HttpRequest, campaign_code: str) -> HttpResponse:
    """Every publication that reaches whoever looks, signed in or not."""
    place = place_in_sight(request, campaign_code)
    found = publications_of(place.viewer, place.campaign)
    # A stranger learns from a publication that there is a campaign, not from a guessed address.
    if not request.user.is_authenticated and not found.exists():
        raise Http404
    listing = list_page(
        request,
        found,
        search=("unit__name", "place"),
        sorts={"on": "published_on", "unit": "unit__path"},
        default="-on",
    )
    scopes = {choice.code: choice.label for choice in place.plan.scopes}
    ways = {choice.code: choice.label for choice in place.plan.ways}
    context = {
        "campaign": place.campaign,
        "frame_template": _frame(request),
        "listing": listing,
        "rows": [(p, scopes.get(p.scope, p.scope), ways.get(p.way, p.way)) for p in listing.page],
    }
    return render(request, "reviews/published.html", context)


@login_not_required
@require_safe
def publication(request: HttpRequest, campaign_code: str, pk: int) -> HttpResponse:
    """One publication: what was said of whom, by whom, when."""
    place = place_in_sight(request, campaign_code)
    found = get_object_or_404(publications_of(place.viewer, place.campaign), pk=pk)
    reviews = with_names(found.reviews.standing())
    context = {
        "campaign": place.campaign,
        "frame_template": _frame(request),
        "plan": place.plan,
        "publication": found,
        "scope": {c.code: c.label for c in place.plan.scopes}.get(found.scope, found.scope),
        "way": {c.code: c.label for c in place.plan.ways}.get(found.way, found.way),
        "lines": lines_without_units(place.plan, reviews),
    }
    return render(request, "reviews/publication.html", context)


def _frame(request: HttpRequest) -> str:
    """Whoever is not signed in sees the page without the frame of the program."""
    return "ui/page.html" if request.user.is_authenticated else "ui/bare.html"
