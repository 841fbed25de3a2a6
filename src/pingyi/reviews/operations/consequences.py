"""After a review: follow-up, withdrawal, publication (N5, N6)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.campaigns import queries as campaigns
from pingyi.core.clock import day_of
from pingyi.core.holds import hold
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.reviews import permissions
from pingyi.reviews.enums import LedgerKind
from pingyi.reviews.models import Publication, Review
from pingyi.reviews.queries.sight import subject_under
from pingyi.reviews.queries.texts import plan_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit
    from pingyi.campaigns.rules.pack import ReviewPlan


@transaction.atomic
def add_follow_up(*, review: Review, text: str, by: Actor, now: datetime) -> Review:
    """Say what became of a review; a later text replaces it, the ledger keeps both.

    Refuses an empty text (`text_missing`).
    """
    review = _locked(review)
    refuse(permissions.why_not_follow_up(by, review))
    if not text.strip():
        raise Refusal(_("Say what became of it."), code="text_missing")
    review.follow_up = text.strip()
    review.followed_up_at = now
    review.followed_up_by = by
    review.save(update_fields=["follow_up", "followed_up_at", "followed_up_by"])
    _note(LedgerKind.FOLLOWED_UP, review, {"follow_up": review.follow_up}, by, now)
    return review


@transaction.atomic
def withdraw_review(*, review: Review, reason: str, by: Actor, now: datetime) -> Review:
    """Take a wrong review back; it stays in the ledger with the reason and counts no more.

    Refuses without reason (`reason_missing`).
    """
    # Held: over the gap that is left here no round is closed.
    campaigns.round_held(review.round)
    review = _locked(review)
    refuse(permissions.why_not_withdraw(by, review))
    if not reason.strip():
        raise Refusal(_("Give the reason for withdrawing it."), code="reason_missing")
    review.withdrawn_at = now
    review.withdrawn_by = by
    review.withdrawal_reason = reason.strip()
    review.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    _note(LedgerKind.WITHDRAWN, review, {"reason": review.withdrawal_reason}, by, now)
    return review


@transaction.atomic
def publish(
    *,
    unit: "Unit",
    reviews: Sequence[Review],
    scope: str,
    way: str,
    place: str = "",
    published_on: date,
    by: Actor,
    now: datetime,
) -> Publication:
    """Make reviews of one round known in a scope reckoned from a unit, by a way, on a day.

    Refuses nothing chosen (`nothing_chosen`), withdrawn reviews and reviews from outside the unit
    or of several rounds (`not_of_unit`), unknown scopes and ways, and a day to come (`in_future`).
    """
    refuse(permissions.why_not_publish(by, unit))
    plan = plan_of(unit.campaign)
    if plan is None:
        raise Refusal(_("This campaign has no reviews."), code="no_reviews")
    _refuse_unknown(plan, scope, way)
    if published_on > day_of(now):
        raise Refusal(_("This day is still to come."), code="in_future")
    chosen = _publishable(unit, reviews)
    publication = Publication.objects.create(
        round=chosen[0].round,
        unit=unit,
        scope=scope,
        way=way,
        place=place.strip(),
        published_on=published_on,
        published_at=now,
        published_by=by,
    )
    publication.reviews.set(chosen)
    ledger.append(
        kind=LedgerKind.PUBLISHED,
        subject=f"publication:{publication.pk}",
        body={
            "unit": unit.code,
            "reviews": [review.pk for review in chosen],
            "scope": scope,
            "way": way,
            "place": publication.place,
            "published_on": published_on,
        },
        rows=[publication, *_ties(publication)],
        by=signature(by),
        now=now,
    )
    return publication


def _ties(publication: Publication) -> list[Model]:
    """The rows that say which reviews were made known."""
    return list(Publication.reviews.through._base_manager.filter(publication=publication))


def _publishable(unit: "Unit", reviews: Sequence[Review]) -> list[Review]:
    if not reviews:
        raise Refusal(_("Choose at least one review."), code="nothing_chosen")
    wanted = Review.objects.filter(pk__in=[review.pk for review in reviews])
    # Held: one that is being withdrawn at this moment is not published.
    hold(wanted)
    chosen = list(
        wanted.standing()
        .select_related("round")
        .filter(subject_under([unit.path]), round__campaign=unit.campaign_id)
    )
    if (
        len(chosen) != len({review.pk for review in reviews})
        or len({r.round_id for r in chosen}) > 1
    ):
        raise Refusal(
            _("Only standing reviews of one round and of %(unit)s can be published together.")
            % {"unit": unit.name},
            code="not_of_unit",
        )
    return chosen


def _refuse_unknown(plan: "ReviewPlan", scope: str, way: str) -> None:
    if scope not in {choice.code for choice in plan.scopes}:
        raise Refusal(_("Choose a scope."), code="unknown_scope")
    if way not in {choice.code for choice in plan.ways}:
        raise Refusal(_("Choose a way."), code="unknown_way")


def _locked(review: Review) -> Review:
    return (
        Review.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round__campaign", "unit", "participant__unit", "reviewer__unit")
        .get(pk=review.pk)
    )


def _note(
    kind: LedgerKind, review: Review, body: dict[str, object], by: Actor, now: datetime
) -> None:
    about = {"round": review.round.code, "subject": str(review.unit or review.participant)}
    ledger.append(
        kind=kind,
        subject=f"review:{review.pk}",
        body={**about, **body},
        rows=[review],
        by=signature(by),
        now=now,
    )
