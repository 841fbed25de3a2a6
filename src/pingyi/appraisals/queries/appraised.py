"""Which units and people were appraised, now or at a moment: heads, not occasions (N11, ADR 0016).

Where strata are counted apart somebody was appraised once every box of a ballot was signed in a
round (ADR 0035).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count, CountLine
from pingyi.appraisals.queries.plans import plan_of, unit_forms
from pingyi.appraisals.rules.together import Stretch, together

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round

Span = tuple[int, datetime, datetime | None]


def is_appraised_unit(
    round_: "Round", *, also_earlier: bool = False, at: datetime | None = None
) -> Q:
    """Whether a unit has a signed count on a form of organizations, of every stratum where they are
    counted apart. Signed now, or as things stood at a moment.
    """
    plan = plan_of(round_)
    counts = Count.objects.filter(
        signed("", at),
        appraisal__unit=OuterRef("pk"),
        form__in=unit_forms(plan) if plan is not None else [],
    )
    return _in_every_box(round_, counts, "", also_earlier)


def is_appraised_participant(
    round_: "Round", *, also_earlier: bool = False, at: datetime | None = None, of: str = "pk"
) -> Q:
    """Whether a person has a line in a signed count on a form of members, of every stratum where
    they are counted apart; now or at a moment.
    """
    lines = CountLine.objects.filter(signed("count__", at), participant=OuterRef(of))
    return _in_every_box(round_, lines, "count__", also_earlier)


def _in_every_box(
    round_: "Round", rows: "QuerySet[Count] | QuerySet[CountLine]", count: str, also_earlier: bool
) -> Q:
    """Whether there is such a row, or in some round on some form one of each stratum."""
    plan, rounds = plan_of(round_), rounds_of(round_, also_earlier)
    if plan is None or not plan.counting.apart:
        return Q(Exists(rows.filter(**{f"{count}appraisal__round__in": rounds})))
    ways = [
        [
            Q(
                Exists(
                    rows.filter(
                        **{
                            f"{count}appraisal__round": key,
                            f"{count}form": form.code,
                            f"{count}stratum": stratum.code,
                        }
                    )
                )
            )
            for stratum in plan.strata
        ]
        for key in rounds.values_list("pk", flat=True)
        for form in plan.forms
    ]
    return reduce(or_, (reduce(and_, way) for way in ways))


def unit_spans(round_: "Round", ids: Collection[int]) -> list[Span]:
    """(unit, since, until) of the signed counts of some units up to a round; until None: signed.

    What `is_appraised_unit` answers for one moment, for all moments.
    """
    plan = plan_of(round_)
    found = Count.objects.filter(
        appraisal__unit__in=ids,
        appraisal__round__in=rounds_of(round_, also_earlier=True),
        form__in=unit_forms(plan) if plan is not None else [],
    )
    rows = found.order_by().values_list(
        "appraisal__unit_id", "appraisal_id", "form", "stratum", "signed_at", "reopened_at"
    )
    return [*_spans(round_, rows)]


def participant_spans(round_: "Round", ids: Collection[int]) -> list[Span]:
    """The same of the lines of some people, as `is_appraised_participant` answers it."""
    found = CountLine.objects.filter(
        participant__in=ids,
        count__appraisal__round__in=rounds_of(round_, also_earlier=True),
    )
    rows = found.order_by().values_list(
        "participant_id", "count__appraisal_id", "count__form", "count__stratum",
        "count__signed_at", "count__reopened_at",
    )  # fmt: skip
    return [*_spans(round_, rows.distinct())]


def _spans(
    round_: "Round", rows: "Iterable[tuple[int, int, str, str, datetime | None, datetime | None]]"
) -> Iterator[Span]:
    """Since when and until when all boxes of a ballot were signed."""
    plan = plan_of(round_)
    strata = [each.code for each in plan.strata] if plan and plan.counting.apart else [""]
    found: dict[tuple[int, int, str], dict[str, list[Stretch]]] = defaultdict(dict)
    for head, appraisal, form, stratum, since, until in rows:
        if since is not None:
            found[head, appraisal, form].setdefault(stratum, []).append((since, until))
    for (head, _appraisal, _form), boxes in found.items():
        for since, until in together([boxes.get(stratum, []) for stratum in strata]):
            yield head, since, until


def begun_in(
    round_: "Round", *, also_earlier: bool = False, at: datetime | None = None
) -> QuerySet[Appraisal]:
    """The appraisals that have begun, or had begun at a moment."""
    begun = Appraisal.objects.filter(round__in=rounds_of(round_, also_earlier)).order_by()
    return begun if at is None else begun.filter(begun_at__lte=at)


def signed(count: str, at: datetime | None) -> Q:
    """Of counts, or of what has a count: signed, and at the moment not yet opened again."""
    if at is None:
        return Q(**{f"{count}state": CountState.SIGNED})
    still = Q(**{f"{count}reopened_at": None}) | Q(**{f"{count}reopened_at__gt": at})
    return Q(**{f"{count}signed_at__lte": at}) & still


def rounds_of(round_: "Round", also_earlier: bool) -> "QuerySet[Round]":
    """The round, or all up to it."""
    rounds = round_.campaign.rounds.order_by()
    if also_earlier:
        return rounds.filter(position__lte=round_.position)
    return rounds.filter(pk=round_.pk)
