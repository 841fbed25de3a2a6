"""What reviews call wanting, for what is put right afterwards (N14)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from pingyi.campaigns.queries import hold_all
from pingyi.reviews.models import Review
from pingyi.reviews.models.review import ReviewQuerySet
from pingyi.reviews.queries.texts import plan_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign


def problems_below(campaign: "Campaign", paths: Iterable[str]) -> ReviewQuerySet:
    """The standing reviews of these subtrees in which a part names what is to be put right, with
    round, unit and whom they are about.
    """
    parts, paths = _parts(campaign), list(paths)
    if not parts:
        return Review.objects.none()
    named = Q()
    for part in parts:
        named |= ~Q(**{part: ""})
    found = Review.objects.standing().filter(named, round__in=campaign.rounds.order_by())
    if hold_all(paths):
        found = found.filter(counted_in__isnull=False)
    else:
        found = found.filter(counted_in__in=campaign.units.in_subtree(paths).order_by())
    return found.select_related("round__campaign", "counted_in", "participant")


def problem_of(review: Review) -> str:
    """Those parts of a review, one under the other; its round and campaign were read along."""
    texts = (getattr(review, part) for part in _parts(review.round.campaign))
    return "\n".join(text for text in texts if text)


def _parts(campaign: "Campaign") -> list[str]:
    plan = plan_of(campaign)
    return [*plan.put_right] if plan else []
