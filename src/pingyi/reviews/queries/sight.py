"""Who sees which reviews and publications: rules.visibility, put to the database."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Count, Q, QuerySet

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.campaigns import queries as campaigns
from pingyi.organizations.enums import PostRole
from pingyi.reviews.models import Assignment, Publication, Review
from pingyi.reviews.rules import visibility
from pingyi.reviews.rules.entitlement import Lead
from pingyi.reviews.rules.visibility import Viewer

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Participant, UnitQuerySet


About = TypeVar("About", Review, Assignment)
# From here on it is cheaper to read everybody than to name each.
MANY = 500


def leads_of(campaign: "Campaign", participant_ids: Iterable[int]) -> dict[int, Lead]:
    """What each of these people leads: by leader posts, and by charge. Two queries."""
    wanted = set(participant_ids)
    posts: dict[int, list[str]] = defaultdict(list)
    charges: dict[int, list[str]] = defaultdict(list)
    people = campaign.participants.all()
    if len(wanted) <= MANY:
        people = people.filter(id__in=wanted)
    post_rows = people.filter(posts__role__in=PostRole.values, posts__unit__is_active=True)
    charge_rows = people.filter(charges__unit__is_active=True)
    for id_, path in post_rows.values_list("id", "posts__unit__path"):
        posts[id_].append(path)
    for id_, path in charge_rows.values_list("id", "charges__unit__path"):
        charges[id_].append(path)
    return {id_: Lead(tuple(posts[id_]), tuple(charges[id_])) for id_ in wanted}


def viewer_of(actor: Actor, campaign: "Campaign") -> Viewer:
    """Whoever looks, as the rules see them; nobody signed in has no paths."""
    if actor is None or not actor.is_authenticated:
        return Viewer()
    me = campaigns.participant_of(actor, campaign)
    scopes = campaigns.scopes(actor, campaign)
    keeps = {scope.path for scope in scopes if scope.role in Right.READ_PEOPLE.roles}
    belongs = {scope.path for scope in scopes}
    if me is not None:
        lead = leads_of(campaign, [me.pk])[me.pk]
        keeps.update(lead.posts, lead.charges)
        if me.unit is not None:
            belongs.add(me.unit.path)
    return Viewer(me.pk if me else None, frozenset(keeps), frozenset(belongs | keeps))


def kept_units(viewer: Viewer, campaign: "Campaign") -> "UnitQuerySet":
    """Active units whose records the viewer keeps or reads, in the order of the tree."""
    return campaign.units.active().in_subtree(viewer.keeps)


def subject_under(paths: Iterable[str]) -> Q:
    """Reviews of units, or of members of units, below one of the paths."""
    paths = set(paths)
    return campaigns.under(paths, "unit__path") | campaigns.under(paths, "participant__unit__path")


def about(
    rows: QuerySet[About], paths: Iterable[str], campaign: "Campaign", *others: QuerySet[Any]
) -> QuerySet[About]:
    """Rows of a campaign (reviews, assignments) of subjects below one of the paths, or in others.

    `others` are queries of further keys. Each is found by its own index: one `or` of them would
    read every row of the campaign.
    """
    paths = set(paths)
    if campaigns.hold_all(paths):
        return rows
    every = rows.model._default_manager.order_by()
    units = every.filter(campaigns.under(paths, "unit__path"), unit__campaign=campaign)
    people = every.filter(
        campaigns.under(paths, "participant__unit__path"), participant__unit__campaign=campaign
    )
    return rows.filter(pk__in=units.values("pk").union(people.values("pk"), *others))


def reviews_visible_to(viewer: Viewer, campaign: "Campaign") -> QuerySet[Review]:
    """What rules.visibility.sees_review allows, as one query; withdrawn ones included."""
    reached = Publication.reviews.through.objects.filter(
        publication__in=publications_visible_to(viewer, campaign).order_by()
    )
    others: list[QuerySet[Any]] = [reached.order_by().values("review_id")]
    if viewer.participant_id is not None:
        every = Review.objects.order_by()
        others += [
            every.filter(participant=viewer.participant_id).values("pk"),
            every.filter(reviewer=viewer.participant_id).values("pk"),
        ]
    reviews = Review.objects.filter(round__campaign=campaign)
    return about(reviews, viewer.keeps, campaign, *others)


def publications_visible_to(viewer: Viewer, campaign: "Campaign") -> QuerySet[Publication]:
    """What rules.visibility.reaches allows, as one query."""
    publications = Publication.objects.filter(round__campaign=campaign)
    allowed = Q(scope=visibility.PUBLIC) | campaigns.under(viewer.keeps, "unit__path")
    if viewer.belongs:
        lines = {path for own in viewer.belongs for path in [*campaigns.ancestor_paths(own), own]}
        reporting = campaign.units.filter(path__in=lines, is_reporting=True)
        allowed |= Q(scope=visibility.COUNTY)
        allowed |= Q(scope__in=[visibility.UNIT, visibility.TOWNSHIP], unit__path__in=lines)
        allowed |= Q(scope=visibility.TOWNSHIP) & campaigns.under(
            reporting.values_list("path", flat=True), "unit__path"
        )
    return publications.filter(allowed)


def publications_of(viewer: Viewer, campaign: "Campaign") -> QuerySet[Publication]:
    """Publications that reach the viewer, with their unit, round and number of reviews."""
    return (
        publications_visible_to(viewer, campaign)
        .select_related("unit", "round")
        .annotate(size=Count("reviews"))
    )


def own_reviews(participant: "Participant") -> QuerySet[Review]:
    """What was said about a person in the campaign, the latest first; withdrawn ones left out."""
    about = Review.objects.standing().filter(participant=participant)
    return with_names(about.order_by("-held_on", "-id"))


def with_names(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """The people, units and round that a page shows beside a review, without further queries."""
    return reviews.select_related(
        "round", "reviewer", "unit", "participant__unit", "recorded_by"
    ).prefetch_related("reviewer__posts", "signs", "publications")
