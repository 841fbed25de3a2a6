"""What waits to be registered: opinions and decisions that nobody has taken up or set aside."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from pingyi.accounts.enums import Right
from pingyi.appraisals.queries import decisions_below, flag_labels, opinions_below
from pingyi.rectification.models import Source
from pingyi.rectification.queries.items import paths_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pingyi.accounts.models import User
    from pingyi.appraisals.models import Flag, Opinion
    from pingyi.campaigns.models import Campaign, Unit


@dataclass(frozen=True)
class Found:
    """Something said in an appraisal: where, in which words, about whom; what it is kept as."""

    kind: str
    pk: int
    unit: "Unit"
    text: str
    about: str
    round_name: str


def opinions_waiting(actor: "User", campaign: "Campaign") -> "QuerySet[Opinion]":
    """Opinions of the units whose records the actor keeps, not taken up yet."""
    taken = Source.objects.filter(opinion=OuterRef("pk"))
    paths = paths_of(actor, campaign, Right.RECORD_APPRAISALS)
    return opinions_below(campaign, paths).filter(~Exists(taken))


def decisions_waiting(actor: "User", campaign: "Campaign") -> "QuerySet[Flag]":
    """Decisions of the units whose records the actor keeps, not taken up yet."""
    taken = Source.objects.filter(flag=OuterRef("pk"))
    paths = paths_of(actor, campaign, Right.RECORD_APPRAISALS)
    return decisions_below(campaign, paths).filter(~Exists(taken))


def found_in(opinions: "Iterable[Opinion]", decisions: "Iterable[Flag]") -> list[Found]:
    """Opinions, then decisions, as lines."""
    return [_of_opinion(each) for each in opinions] + [_of_decision(each) for each in decisions]


def _of_opinion(opinion: "Opinion") -> Found:
    where = opinion.appraisal
    return Found("opinion", opinion.pk, where.unit, opinion.text, "", where.round.name)


def _of_decision(flag: "Flag") -> Found:
    where = flag.appraisal
    label = flag_labels(where.round).get(flag.code, flag.code)
    about = flag.participant.shown_name if flag.participant else ""
    text = f"{label}：{flag.decision}"
    return Found("flag", flag.pk, where.unit, text, about, where.round.name)


def sources_of(item_pk: int) -> list[Found]:
    """Where an item came from, in the words that were used there."""
    sources = Source.objects.filter(item=item_pk).select_related(
        "opinion__appraisal__unit",
        "opinion__appraisal__round",
        "flag__appraisal__unit",
        "flag__appraisal__round__campaign",
        "flag__participant",
    )
    found = list(sources)
    return found_in(
        [each.opinion for each in found if each.opinion],
        [each.flag for each in found if each.flag],
    )
