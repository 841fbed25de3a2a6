"""Who sees which reviews and publications: rules.visibility, put to the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.campaigns import queries as campaigns
from pingyi.core.lookups import checked
from pingyi.organizations.enums import PostRole
from pingyi.reviews.models import Assignment, Publication, Review
from pingyi.reviews.models.review import ReviewQuerySet
from pingyi.reviews.rules import visibility
from pingyi.reviews.rules.entitlement import Lead
from pingyi.reviews.rules.visibility import Viewer

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Participant, Round, UnitQuerySet


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


def assignments_about(
    assignments: QuerySet[Assignment], paths: Iterable[str], campaign: "Campaign"
) -> QuerySet[Assignment]:
    """Those of subjects below one of the paths."""
    paths = set(paths)
    if campaigns.hold_all(paths):
        return assignments
    return assignments.filter(pk__in=_keys_about(Assignment, paths, campaign))


def reviews_about(
    paths: Iterable[str],
    campaign: "Campaign",
    round_: "Round | None" = None,
    *others: QuerySet[Review],
) -> ReviewQuerySet:
    """Reviews of subjects below one of the paths, and others; of one round. Withdrawn included."""
    paths = set(paths)
    if campaigns.hold_all(paths):
        of = Q(round__campaign=campaign) if round_ is None else Q(round=round_)
        return Review.objects.filter(of)
    keys = [rows.order_by().values("pk") for rows in others]
    found = Review.objects.filter(pk__in=_keys_about(Review, paths, campaign, *keys))
    return found if round_ is None else found.filter(checked("round_id", round_.pk))


def _keys_about(
    model: type[Review | Assignment],
    paths: Collection[str],
    campaign: "Campaign",
    *others: QuerySet[Any],
) -> QuerySet[Any]:
    """Each way by its own index: one `or` of them would read every row of the campaign."""
    every = model._default_manager.order_by()
    units = every.filter(campaigns.under(paths, "unit__path"), unit__campaign=campaign)
    people = every.filter(
        campaigns.under(paths, "participant__unit__path"), participant__unit__campaign=campaign
    )
    return units.values("pk").union(people.values("pk"), *others)


def reviews_visible_to(
    viewer: Viewer, campaign: "Campaign", round_: "Round | None" = None
) -> QuerySet[Review]:
    """What rules.visibility.sees_review allows, as one query; of one round. Withdrawn included."""
    reached = publications_visible_to(viewer, campaign).order_by()
    others = [Review.objects.filter(publications__in=reached)]
    if viewer.participant_id is not None:
        others += [
            Review.objects.filter(participant=viewer.participant_id),
            Review.objects.filter(reviewer=viewer.participant_id),
        ]
    return reviews_about(viewer.keeps, campaign, round_, *others)


def publications_visible_to(viewer: Viewer, campaign: "Campaign") -> QuerySet[Publication]:
    """What rules.visibility.reaches allows, as one query."""
    publications = Publication.objects.filter(round__campaign=campaign)
    if campaigns.hold_all(viewer.keeps):
        return publications
    every = Publication.objects.order_by()
    allowed = [
        every.filter(campaigns.under(viewer.keeps, "unit__path"), unit__campaign=campaign),
        every.filter(round__in=campaign.rounds.all(), scope=visibility.PUBLIC),
    ]
    if viewer.belongs:
        lines = {path for own in viewer.belongs for path in [*campaigns.ancestor_paths(own), own]}
        line = list(campaign.units.filter(path__in=lines))
        reporting = [unit.path for unit in line if unit.is_reporting]
        reach = [visibility.UNIT, visibility.TOWNSHIP]
        allowed += [
            every.filter(round__in=campaign.rounds.all(), scope=visibility.COUNTY),
            every.filter(unit__in=line, scope__in=reach),
            every.filter(
                campaigns.under(reporting, "unit__path"),
                unit__campaign=campaign,
                scope=visibility.TOWNSHIP,
            ),
        ]
    # Each by its own index; one `or` of them would read every publication of the campaign.
    first, *others = (rows.values("pk") for rows in allowed)
    return publications.filter(pk__in=first.union(*others))


def publications_of(viewer: Viewer, campaign: "Campaign") -> QuerySet[Publication]:
    """Publications that reach the viewer, with their unit, round and number of reviews."""
    return (
        publications_visible_to(viewer, campaign)
        .select_related("unit", "round")
        .annotate(size=Count("reviews"))
    )


def not_published() -> Q:
    """Reviews that nobody has made known yet."""
    named = Publication.reviews.through._base_manager.filter(review=OuterRef("pk"))
    return Q(~Exists(named))


def own_reviews(participant: "Participant") -> QuerySet[Review]:
    """What was said about a person in the campaign, the latest first; withdrawn ones left out."""
    about = Review.objects.standing().filter(participant=participant)
    return with_names(about.order_by("-held_on", "-id"))


def with_names(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """The people, units and round that a page shows beside a review, without further queries."""
    return reviews.select_related(
        "round", "reviewer", "unit", "participant__unit", "recorded_by"
    ).prefetch_related("reviewer__posts", "signs", "publications")
