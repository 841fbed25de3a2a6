"""Making reviews known, and the pages that are visible to exactly their scope (N6)."""

from typing import TYPE_CHECKING, Any, cast

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
from pingyi.reviews.queries.sight import not_published, publications_of, with_names
from pingyi.reviews.views.viewing import (
    Place,
    place_in_sight,
    publishing_page,
    round_of,
    unit_in_sight,
)
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited
from pingyi.ui.lists import ListPage, list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pingyi.reviews.models import Review


@form_page
def publish(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """Tick the reviews of a unit, or mean all of the list; choose scope and way."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    unit = unit_in_sight(place, unit_code)
    offer = _Offer(request, ledger_rows(place.viewer, place.campaign, Filters(round_, unit)))
    form = PublishForm(place.plan, day_of(request.now), request.POST or None)

    def context() -> dict[str, Any]:
        lines = lines_without_units(place.plan, offer.listing.page)
        return {"campaign": place.campaign, "offer": offer, "lines": lines}

    return Deed(
        title=_("Publish reviews"),
        state=f"{round_.name} · {unit.name}",
        finds=_("Name or organization"),
        form=form,
        submit=_("Publish the chosen reviews"),
        do=lambda **values: consequences.publish(unit=unit, reviews=offer.chosen(), **values),
        done=_("Published."),
        back=reverse("reviews:coverage-unit", args=[campaign_code, round_code, unit_code]),
        to=lambda made: reverse("reviews:publication", args=[campaign_code, made.pk]),
        refusal=permissions.why_not_publish(request.user, unit),
        edits=Edited(
            f"publishing:{round_.pk}:{unit.pk}",
            lambda: published_seen(offer.looked_at()),
            known=published_seen(offer.listing.page),
        ),
        template="reviews/publish.html",
        context=context,
    ).page(request)


class _Offer:
    """The reviews that can be made known: a branch on one page, a township on several; which of
    them are ticked, or that all of the list are meant.
    """

    def __init__(self, request: HttpRequest, rows: "QuerySet[Review]") -> None:
        self._rows = rows
        self.only_left = "left" in request.GET
        self.listing: ListPage = list_page(
            request,
            rows.filter(not_published()) if self.only_left else rows,
            search=("participant__name", "unit__name", "participant__unit__name", "reviewer__name"),
            sorts={"on": ("held_on", "id")},
            default="-on",
            per_page=100,
        )
        self.ticked = _keys(request, "review")
        self.everything = "everything" in request.POST
        # With all of the list, those that stood on the page: nobody has seen the others.
        self._shown = _keys(request, "shown") if self.everything else set()

    def chosen(self) -> "list[Review]":
        """The reviews that are to be made known."""
        if self.everything:
            return list(self.listing.page.paginator.object_list)
        return list(self._rows.filter(pk__in=self.ticked))

    def looked_at(self) -> "QuerySet[Review]":
        """Those that must still be as they were seen."""
        return with_names(self._rows.filter(pk__in=self.ticked | self._shown))


def _keys(request: HttpRequest, name: str) -> set[int]:
    return {int(pk) for pk in request.POST.getlist(name) if pk.isdecimal()}


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
        "publish_url": _publishing(request, place),
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


def _publishing(request: HttpRequest, place: Place) -> str:
    """Where more is made known, for somebody signed in who may."""
    if not request.user.is_authenticated:
        return ""
    asked = cast("Request", request)
    return publishing_page(asked.user, place, day_of(asked.now))


def _frame(request: HttpRequest) -> str:
    """Whoever is not signed in sees the page without the frame of the program."""
    return "ui/page.html" if request.user.is_authenticated else "ui/bare.html"
