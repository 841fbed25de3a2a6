"""What waits to be registered: what was said, and nobody has taken up or set aside."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from pingyi.accounts.enums import Right
from pingyi.appraisals.queries import decisions_below, flag_labels, opinions_below
from pingyi.rectification.enums import SourceKind
from pingyi.rectification.models import Source
from pingyi.rectification.queries.items import paths_of
from pingyi.reviews.queries import problem_of, problems_below

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.appraisals.models import Flag, Opinion
    from pingyi.campaigns.models import Campaign, Unit
    from pingyi.reviews.models import Review

    Said = Opinion | Flag | Review
    """An opinion, a decision about a flag, a review that names a problem."""

# Where each kind is read, and which of its columns is searched.
BELOW: dict[SourceKind, tuple[Callable[..., QuerySet[Any]], str]] = {
    SourceKind.OPINION: (opinions_below, "text"),
    SourceKind.FLAG: (decisions_below, "decision"),
    SourceKind.REVIEW: (problems_below, "problems"),
}


@dataclass(frozen=True)
class Found:
    """Something said: where, in which words, about whom; what it is kept as."""

    kind: str
    pk: int
    unit: "Unit"
    text: str
    about: str
    round_name: str

    @property
    def problem(self) -> str:
        """The words, with whom they are about where that is no organization."""
        return f"{self.about}：{self.text}" if self.about else self.text


def waiting_of(kind: SourceKind, actor: "User", campaign: "Campaign") -> "QuerySet[Any]":
    """What was said about the units whose records the actor keeps, not taken up yet."""
    below, _searched = BELOW[kind]
    taken = Source.objects.filter(**{kind.value: OuterRef("pk")})
    paths = paths_of(actor, campaign, Right.RECORD_APPRAISALS)
    return below(campaign, paths).filter(~Exists(taken))


def kind_of(said: "Said") -> SourceKind:
    """What it is kept as."""
    return SourceKind(str(said._meta.model_name))


def unit_of(said: "Said") -> "Unit":
    """About which organization it was said; of a person, where they were counted then."""
    return _UNITS[kind_of(said)](said)


def found_in(said: "Iterable[Said]") -> list[Found]:
    """As lines."""
    return [_LINES[kind_of(each)](each) for each in said]


def _of_opinion(opinion: "Opinion") -> Found:
    where = opinion.appraisal
    return Found(SourceKind.OPINION, opinion.pk, where.unit, opinion.text, "", where.round.name)


def _of_decision(flag: "Flag") -> Found:
    where = flag.appraisal
    label = flag_labels(where.round).get(flag.code, flag.code)
    about = flag.participant.shown_name if flag.participant else ""
    text = f"{label}：{flag.decision}"
    return Found(SourceKind.FLAG, flag.pk, where.unit, text, about, where.round.name)


def _of_review(review: "Review") -> Found:
    about = review.participant.shown_name if review.participant else ""
    text, unit = problem_of(review), unit_of(review)
    return Found(SourceKind.REVIEW, review.pk, unit, text, about, review.round.name)


_UNITS: dict[SourceKind, Callable[[Any], "Unit"]] = {
    SourceKind.OPINION: lambda opinion: opinion.appraisal.unit,
    SourceKind.FLAG: lambda flag: flag.appraisal.unit,
    SourceKind.REVIEW: lambda review: review.counted_in,
}
_LINES: dict[SourceKind, Callable[[Any], Found]] = {
    SourceKind.OPINION: _of_opinion,
    SourceKind.FLAG: _of_decision,
    SourceKind.REVIEW: _of_review,
}


def sources_of(item_pk: int) -> list[Found]:
    """Where an item came from, in the words that were used there."""
    sources = Source.objects.filter(item=item_pk).select_related(
        "opinion__appraisal__unit",
        "opinion__appraisal__round",
        "flag__appraisal__unit",
        "flag__appraisal__round__campaign",
        "flag__participant",
        "review__round__campaign",
        "review__counted_in",
        "review__participant",
    )
    found = list(sources)
    said = (getattr(each, kind) for kind in SourceKind.values for each in found)
    return found_in(each for each in said if each is not None)
