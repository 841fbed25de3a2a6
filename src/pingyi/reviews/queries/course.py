"""The course of a round: how many heads were reviewed for the first time on each day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from pingyi.campaigns import queries as campaigns
from pingyi.campaigns.doors import Subject
from pingyi.core.lookups import checked
from pingyi.reviews.models import Review
from pingyi.reviews.queries.coverage import (
    due_participants,
    due_units,
    standing_reviews,
)
from pingyi.reviews.queries.texts import plan_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round

A_YEAR = timedelta(days=366)


def course_of(round_: "Round", paths: Sequence[str]) -> Counter[date]:
    """Of those due in some subtrees, how many had their first standing review held on each day.

    Heads, not occasions: added up they are those done. Of the whole tree the reviews of each day
    are counted from an index, and only who was reviewed again, or amended, is looked up.
    """
    found: Counter[date] = Counter()
    if plan_of(round_.campaign) is None or not paths:
        return found
    is_whole = campaigns.hold_all(paths)
    if is_whole:
        # By the index of days, in which the round is looked at; none was held long before.
        held = Review.objects.standing().filter(held_on__gte=round_.campaign.cut_off_on - A_YEAR)
        rows = held.filter(checked("round_id", round_.pk)).order_by()
        found.update(dict(rows.values_list("held_on").annotate(Count("pk"))))
    due: tuple[tuple[Subject, QuerySet[Any], str], ...] = (
        ("unit", due_units(round_), "path"),
        ("participant", due_participants(round_), "unit__path"),
    )
    for subject, those, path in due:
        reviews = standing_reviews(round_)
        if is_whole:
            looked_up = _not_simply_once(subject, reviews, round_)
        else:
            inside = those.filter(campaigns.under(paths, path))
            looked_up = [reviews.filter(**{f"{subject}__in": inside.order_by().values("pk")})]
        first: dict[int, date] = {}
        for subject_id, day, counts in _days_of(subject, those, looked_up):
            if is_whole:
                found[day] -= 1
            if counts:
                first[subject_id] = min(day, first.get(subject_id, day))
        found.update(first.values())
    return +found


def _days_of(
    subject: Subject, due: QuerySet[Any], looked_up: list[QuerySet[Review]]
) -> Iterable[tuple[int, date, bool]]:
    """Of each review: its subject, its day, and whether the subject is due."""
    is_due = Exists(due.filter(pk=OuterRef(subject)))
    found: dict[int, tuple[int, date, bool]] = {}
    for reviews in looked_up:
        rows = reviews.order_by().values_list("pk", f"{subject}_id", "held_on", is_due)
        found |= {pk: (subject_id, day, counts) for pk, subject_id, day, counts in rows}
    return found.values()


def _not_simply_once(
    subject: Subject, reviews: QuerySet[Review], round_: "Round"
) -> list[QuerySet[Review]]:
    """Reviews of subjects that have several, and of those that may no longer be due."""
    of_these = reviews.filter(**{f"{subject}__isnull": False})
    several = of_these.order_by().values(subject).annotate(n=Count("*")).filter(n__gt=1)
    again = reviews.filter(**{f"{subject}__in": several.values(subject)})
    if subject == "unit":
        # From the few units that were taken out, not from all reviews.
        gone = round_.campaign.units.filter(is_active=False).order_by().values("pk")
        return [again, reviews.filter(unit__in=gone)]
    return [again, reviews.filter(participant__in=campaigns.amended_people())]
