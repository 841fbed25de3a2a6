"""Texts to compare with, and what the signs found in one look like on a page."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pingyi.campaigns import queries as campaigns
from pingyi.reviews.enums import ReviewPart, SignKind
from pingyi.reviews.models import Review
from pingyi.reviews.queries.placed import of_amended, with_figure
from pingyi.reviews.queries.sight import reviews_about
from pingyi.reviews.rules.texts import Corpus, FoundSign, Limits, Piece, Text, side_by_side

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round, Unit
    from pingyi.campaigns.rules.pack import ReviewPlan

MANY = 500


def plan_of(campaign: "Campaign") -> "ReviewPlan | None":
    """How leaders review in this campaign; None where its pack has no leader reviews."""
    return campaigns.pack_of(campaign).review


def review_name(campaign: "Campaign") -> str:
    """What the campaign calls its reviews: 领导点评."""
    return campaigns.called(plan_of(campaign)) or _("Review")


def limits_of(plan: "ReviewPlan") -> Limits:
    """What the pack asks of a text."""
    least = {part: getattr(plan, part).least_characters for part in ReviewPart.values}
    return Limits(least, plan.alike_from)


def corpus_for(
    campaign: "Campaign", limits: Limits, reviewers: Collection[int], units: Collection[int]
) -> Corpus:
    """Standing texts of these reviewers, and about these units and their members."""
    every = _read(Review.objects.standing())
    parts = [every.filter(round__campaign=campaign)]
    if len(reviewers) + len(units) <= MANY:
        # Each by its own index and in the campaign anyway; one `or` would read all of its reviews.
        parts = [
            every.filter(reviewer__in=reviewers),
            every.filter(unit__in=units),
            every.filter(participant__unit__in=units),
        ]
    texts = {text.key: text for rows in parts for text in _texts(rows)}
    corpus = Corpus(limits)
    for _key, text in sorted(texts.items()):
        corpus.add(text)
    return corpus


def _read(rows: QuerySet[Review]) -> "QuerySet[Review, tuple[Any, ...]]":
    """What a text is made of: chosen once, whichever rows are then asked for."""
    return rows.order_by().values_list(
        "id",
        "reviewer_id",
        Coalesce("unit_id", "participant__unit_id"),
        Coalesce("unit__name", "participant__name"),
        *ReviewPart.values,
    )


def _texts(rows: "QuerySet[Review, tuple[Any, ...]]") -> Iterator[Text]:
    for key, reviewer_id, unit_id, name, *parts in rows.iterator(chunk_size=2000):
        yield Text(
            key, reviewer_id, unit_id, name, dict(zip(ReviewPart.values, parts, strict=True))
        )


@dataclass(frozen=True, slots=True)
class ShownSign:
    """A sign with what a page needs: for a copied part, both texts with their differences."""

    kind: SignKind
    part: str
    part_label: str
    likeness: int | None = None
    own: tuple[Piece, ...] = ()
    other: tuple[Piece, ...] = ()
    other_subject: str = ""
    other_reviewer: str = ""
    other_on: date | None = None
    other_id: int | None = None


def shown_signs(
    plan: "ReviewPlan", texts: Iterable[tuple[Sequence[FoundSign], Mapping[str, str]]]
) -> list[list[ShownSign]]:
    """Signs of each text, given with its parts, for the page. One query for all of them."""
    texts = list(texts)
    ids = {sign.similar_to for found, _parts in texts for sign in found}
    others = Review.objects.select_related("reviewer", "unit", "participant").in_bulk(
        [id_ for id_ in ids if isinstance(id_, int)]
    )
    return [
        [_shown(plan, sign, parts.get(sign.part, ""), others) for sign in found]
        for found, parts in texts
    ]


def shown_signs_of(plan: "ReviewPlan", review: Review) -> list[ShownSign]:
    """The signs kept with a review."""
    found = [
        FoundSign(sign.kind, sign.part, sign.similar_to_id, sign.likeness)
        for sign in review.signs.all()
    ]
    parts = {part: getattr(review, part) for part in ReviewPart.values}
    return shown_signs(plan, [(found, parts)])[0]


def _shown(
    plan: "ReviewPlan", sign: FoundSign, own: str, others: Mapping[int, Review]
) -> ShownSign:
    label = getattr(plan, sign.part).label
    other = others.get(sign.similar_to) if isinstance(sign.similar_to, int) else None
    if other is None:
        return ShownSign(SignKind(sign.kind), sign.part, label, sign.likeness)
    left, right = side_by_side(own, getattr(other, sign.part))
    return ShownSign(
        SignKind(sign.kind),
        sign.part,
        label,
        sign.likeness,
        tuple(left),
        tuple(right),
        str(other.unit or other.participant),
        other.reviewer.shown_name,
        other.held_on,
        other.pk,
    )


def supervision_signs(round_: "Round", units: "Collection[Unit]") -> dict[int, int]:
    """How many standing reviews with signs there are below each unit, by its id."""
    signed = Review.objects.filter(round=round_, has_signs=True).standing().order_by()
    if len(units) <= campaigns.FEW:
        below = reviews_about([unit.path for unit in units], round_.campaign, round_)
        here = below.filter(has_signs=True).standing().order_by()
        here = here.annotate(path=Coalesce("unit__path", "participant__unit__path"))
        found = campaigns.by_top(here, units, "path", n=Count("pk"))
        return {pk: n for pk, (n,) in found.items()}
    amended = signed.filter(participant__in=campaigns.amended_people())
    all_of_them = campaigns.by_top(
        with_figure(round_, signed, "pk"), units, "path", n=Sum("figure")
    )
    again = campaigns.by_top(of_amended(signed), units, "counted_in__path", n=Count("pk"))
    now = campaigns.by_top(amended, units, "participant__unit__path", n=Count("pk"))
    parts = ((all_of_them, 1), (again, -1), (now, 1))
    return {
        unit.pk: sum(sign * part.get(unit.pk, (0,))[0] for part, sign in parts) for unit in units
    }
