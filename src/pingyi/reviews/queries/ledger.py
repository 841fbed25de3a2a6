"""The ledger of reviews (台账), as people filter it (N10)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.db.models import Q, QuerySet

from pingyi.campaigns.queries import hold_all
from pingyi.organizations.queries import called
from pingyi.organizations.rules.names import with_places
from pingyi.reviews.models import Review
from pingyi.reviews.queries.sight import reviews_about, reviews_visible_to, with_names
from pingyi.reviews.rules.first_post import rank

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round, Unit
    from pingyi.campaigns.rules.pack import ReviewPlan
    from pingyi.reviews.rules.visibility import Viewer

LATEST_FIRST = ("-held_on", "-id")
Kind = Literal["", "unit", "person"]
Signs = Literal["", "with", "without"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; empty means everything. Withdrawn reviews are shown when asked for."""

    round: "Round | None" = None
    unit: "Unit | None" = None
    reviewer: str = ""
    kind: Kind = ""
    form: str = ""
    held_from: date | None = None
    held_to: date | None = None
    text: str = ""
    signs: Signs = ""
    withdrawn: bool = False


def ledger_rows(viewer: "Viewer", campaign: "Campaign", filters: Filters) -> QuerySet[Review]:
    """The lines of the ledger the viewer sees, the latest first, with everything a line shows."""
    below = None
    if filters.unit is not None and filters.unit.parent_id is not None:
        below = reviews_about([filters.unit.path], campaign, filters.round)
    reviews: QuerySet[Review]
    if below is not None and hold_all(viewer.keeps):
        reviews = below
    else:
        reviews = reviews_visible_to(viewer, campaign, filters.round)
        if below is not None:
            reviews = reviews.filter(pk__in=below.order_by().values("pk"))
    reviews = filtered(reviews, filters)
    return with_names(reviews).order_by(*LATEST_FIRST)


def reviews_in_order(keys: Iterable[int]) -> QuerySet[Review]:
    """These reviews as lines of the ledger show them, the latest first."""
    return with_names(Review.objects.filter(pk__in=list(keys))).order_by(*LATEST_FIRST)


def filtered(reviews: QuerySet[Review], filters: Filters) -> QuerySet[Review]:
    """The reviews the filters let through."""
    reviews = reviews.filter(withdrawn_at__isnull=not filters.withdrawn)
    if filters.reviewer:
        reviews = reviews.filter(called(filters.reviewer, "reviewer__"))
    if filters.kind:
        reviews = reviews.filter(unit__isnull=filters.kind == "person")
    if filters.form:
        reviews = reviews.filter(form=filters.form)
    if filters.held_from is not None:
        reviews = reviews.filter(held_on__gte=filters.held_from)
    if filters.held_to is not None:
        reviews = reviews.filter(held_on__lte=filters.held_to)
    if filters.signs:
        reviews = reviews.filter(_has_signs(with_signs=filters.signs == "with"))
    return reviews.filter(_says(filters.text)) if filters.text else reviews


def _has_signs(*, with_signs: bool) -> Q:
    flagged = Review.objects.filter(signs__isnull=False).values("id")
    return Q(id__in=flagged) if with_signs else ~Q(id__in=flagged)


def _says(text: str) -> Q:
    """Looks through the names, the place and all the texts."""
    fields = (
        "participant__name",
        "unit__name",
        "participant__unit__name",
        "reviewer__name",
        "place",
        "achievements",
        "problems",
        "direction",
        "follow_up",
    )
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": text})
    return found


def scopes_of(plan: "ReviewPlan", review: Review) -> list[tuple[str, str]]:
    """Scope and way of every publication of a review, in the words of the pack."""
    scopes = {choice.code: choice.label for choice in plan.scopes}
    ways = {choice.code: choice.label for choice in plan.ways}
    return [
        (scopes.get(found.scope, found.scope), ways.get(found.way, found.way))
        for found in review.publications.all()
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger in the usual columns, in the words of the pack."""

    review: Review
    post: str
    subject: str
    unit: str
    form: str
    published: str
    signs: int


def lines_of(plan: "ReviewPlan", reviews: Iterable[Review]) -> list[Line]:
    """Reviews (with their names read along) as lines of the ledger. No further queries."""
    forms = {choice.code: choice.label for choice in plan.forms}
    return [_line(plan, forms, review) for review in reviews]


def lines_without_units(plan: "ReviewPlan", reviews: Iterable[Review]) -> list[Line]:
    """The same for pages that have no column of the organization."""
    lines = lines_of(plan, reviews)
    about = [(line.subject, line.unit if line.review.participant_id else "") for line in lines]
    names = with_places(about)
    return [replace(line, subject=name) for line, name in zip(lines, names, strict=True)]


def _line(plan: "ReviewPlan", forms: dict[str, str], review: Review) -> Line:
    posts = sorted(
        review.reviewer.posts.all(), key=lambda post: rank(post.role, post.position, post.title)
    )
    participant = review.participant
    place = review.unit if participant is None else participant.unit
    return Line(
        review=review,
        post=posts[0].title if posts else "",
        subject=str(review.unit or participant),
        unit=place.name if place else "",
        form=forms.get(review.form, review.form),
        published="；".join(f"{scope}/{way}" for scope, way in scopes_of(plan, review)),
        signs=len(review.signs.all()),
    )
