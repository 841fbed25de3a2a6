"""A problem is registered (挂号), or what was said is set aside with a reason (N14)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.rectification.enums import LedgerKind
from pingyi.rectification.models import Item, Source
from pingyi.rectification.permissions import why_not_register
from pingyi.rectification.queries.items import next_number

if TYPE_CHECKING:
    from pingyi.appraisals.models import Flag, Opinion
    from pingyi.campaigns.models import Unit


@transaction.atomic
def register_item(
    *,
    unit: "Unit",
    problem: str,
    opinions: "Sequence[Opinion]" = (),
    flags: "Sequence[Flag]" = (),
    by: Actor,
    now: datetime,
) -> Item:
    """Register what a unit has to put right; everything that says it leads here from now on.

    Refuses: not_a_recorder, problem_missing, from_elsewhere, already_taken.
    """
    refuse(why_not_register(by, unit))
    if not problem.strip():
        raise Refusal(_("Write down what is to be put right."), code="problem_missing")
    _refuse_taken(opinions, flags)
    for other in _units(opinions, flags):
        if not other.path.startswith(unit.path):
            raise Refusal(
                _("This was said about %(other)s, which does not belong to %(unit)s.")
                % {"other": other.name, "unit": unit.name},
                code="from_elsewhere",
            )
    item = Item.objects.create(
        campaign_id=unit.campaign_id,
        number=next_number(unit.campaign),
        unit=unit,
        problem=problem.strip(),
        registered_on=day_of(now),
        registered_at=now,
        registered_by=by,
    )
    sources = _take(opinions, flags, by, now, item=item)
    ledger.append(
        kind=LedgerKind.REGISTERED,
        subject=f"{unit.code} {item.number}",
        body={"problem": item.problem, "sources": len(sources)},
        rows=[item, *sources],
        by=signature(by),
        now=now,
    )
    return item


@transaction.atomic
def set_aside(
    *,
    opinions: "Sequence[Opinion]" = (),
    flags: "Sequence[Flag]" = (),
    reason: str,
    by: Actor,
    now: datetime,
) -> list[Source]:
    """Say why nothing is to be put right; what was said stays where it was said.

    Refuses: nothing_chosen, not_a_recorder, reason_missing, already_taken.
    """
    if not opinions and not flags:
        raise Refusal(_("Choose at least one of them."), code="nothing_chosen")
    units = _units(opinions, flags)
    for unit in set(units):
        refuse(why_not_register(by, unit))
    if not reason.strip():
        raise Refusal(_("Say why nothing is to be put right."), code="reason_missing")
    _refuse_taken(opinions, flags)
    sources = _take(opinions, flags, by, now, set_aside_because=reason.strip())
    codes = sorted({unit.code for unit in units})
    ledger.append(
        kind=LedgerKind.SET_ASIDE,
        subject=" ".join(codes[:3]),
        body={"reason": reason.strip(), "sources": len(sources), "units": codes},
        rows=sources,
        by=signature(by),
        now=now,
    )
    return sources


def _units(opinions: "Sequence[Opinion]", flags: "Sequence[Flag]") -> "list[Unit]":
    """About whom each of them was said."""
    of_opinions = [each.appraisal.unit for each in opinions]
    return of_opinions + [each.appraisal.unit for each in flags]


def _take(
    opinions: "Sequence[Opinion]",
    flags: "Sequence[Flag]",
    by: Actor,
    now: datetime,
    **answer: object,
) -> list[Source]:
    """Two at once: the table lets one in."""
    rows = [Source(opinion=each, taken_at=now, taken_by=by, **answer) for each in opinions]
    rows += [Source(flag=each, taken_at=now, taken_by=by, **answer) for each in flags]
    return Source.objects.bulk_create(rows)


def _refuse_taken(opinions: "Sequence[Opinion]", flags: "Sequence[Flag]") -> None:
    taken = Source.objects.filter(opinion__in=opinions) | Source.objects.filter(flag__in=flags)
    number = taken.count()
    if number:
        raise Refusal(
            _("%(n)d of them were taken up or set aside meanwhile; look at the list again.")
            % {"n": number},
            code="already_taken",
        )
