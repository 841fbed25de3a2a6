"""The ledger of reviews as documents show it: plain values, quick for a whole county (N10)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from pingyi.organizations.rules.names import shown_name
from pingyi.reviews.models import Publication, Review
from pingyi.reviews.queries.sight import MANY
from pingyi.reviews.rules.first_post import rank

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign
    from pingyi.campaigns.rules.pack import ReviewPlan

SHOWN = (
    "pk",
    "reviewer_id",
    "held_on",
    "place",
    "reviewer__name",
    "unit__name",
    "participant__name",
    "participant__unit__name",
    "form",
    "achievements",
    "problems",
    "direction",
    "follow_up",
    "reviewer__told_apart",
    "participant__told_apart",
)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A line of the ledger in the usual columns, in the words of the pack."""

    held_on: date
    place: str
    reviewer: str
    post: str
    subject: str
    unit: str
    form: str
    achievements: str
    problems: str
    direction: str
    follow_up: str
    published: str


def ledger_entries(
    campaign: "Campaign", plan: "ReviewPlan", reviews: QuerySet[Review]
) -> list[LedgerEntry]:
    """Reviews of the campaign in their order, as documents show them. Three queries."""
    rows = list(reviews.prefetch_related(None).values_list(*SHOWN))
    forms = {choice.code: choice.label for choice in plan.forms}
    posts = _first_posts(campaign, {row[1] for row in rows})
    published = _published(campaign, plan, {row[0] for row in rows})
    return [
        LedgerEntry(
            held_on=row[2],
            place=row[3],
            reviewer=shown_name(row[4], row[13]),
            post=posts.get(row[1], ""),
            subject=row[5] or shown_name(row[6], row[14]),
            unit=row[5] or row[7] or "",
            form=forms.get(row[8], row[8]),
            achievements=row[9],
            problems=row[10],
            direction=row[11],
            follow_up=row[12],
            published=published.get(row[0], ""),
        )
        for row in rows
    ]


def _first_posts(campaign: "Campaign", participant_ids: set[int]) -> dict[int, str]:
    """The title of the highest post of each of these people who holds any."""
    people = campaign.participants.filter(posts__isnull=False)
    if len(participant_ids) <= MANY:
        people = people.filter(id__in=participant_ids)
    found: dict[int, tuple[tuple[bool, int, int], str]] = {}
    order = ("posts__unit_id", "posts__position", "posts__id")
    said = ("posts__role", "posts__position", "posts__title")
    for id_, role, position, title in people.order_by(*order).values_list("id", *said):
        ranked = rank(role, position, title), title
        if id_ not in found or ranked[0] < found[id_][0]:
            found[id_] = ranked
    return {id_: title for id_, (_rank, title) in found.items()}


def _published(campaign: "Campaign", plan: "ReviewPlan", review_ids: set[int]) -> dict[int, str]:
    """Scope and way of every publication of each of these reviews, the latest first."""
    scopes = {choice.code: choice.label for choice in plan.scopes}
    ways = {choice.code: choice.label for choice in plan.ways}
    named = Publication.reviews.through.objects.filter(publication__round__campaign=campaign)
    if len(review_ids) <= MANY:
        named = named.filter(review_id__in=review_ids)
    found: dict[int, list[str]] = defaultdict(list)
    for id_, scope, way in named.order_by(
        "-publication__published_on", "-publication_id"
    ).values_list("review_id", "publication__scope", "publication__way"):
        found[id_].append(f"{scopes.get(scope, scope)}/{ways.get(way, way)}")
    return {id_: "；".join(each) for id_, each in found.items()}
