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
from pingyi.rectification.enums import LedgerKind, SourceKind
from pingyi.rectification.models import Item, Source
from pingyi.rectification.permissions import why_not_register
from pingyi.rectification.queries.items import next_number
from pingyi.rectification.queries.waiting import kind_of, unit_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit
    from pingyi.rectification.queries.waiting import Said


@transaction.atomic
def register_item(
    *,
    unit: "Unit",
    problem: str,
    said: "Sequence[Said]" = (),
    by: Actor,
    now: datetime,
) -> Item:
    """Register what a unit has to put right; everything that says it leads here from now on.

    Refuses: not_a_recorder, problem_missing, from_elsewhere, already_taken.
    """
    refuse(why_not_register(by, unit))
    if not problem.strip():
        raise Refusal(_("Write down what is to be put right."), code="problem_missing")
    _refuse_taken(said)
    for other in map(unit_of, said):
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
    sources = _take(said, by, now, item=item)
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
def set_aside(*, said: "Sequence[Said]", reason: str, by: Actor, now: datetime) -> list[Source]:
    """Say why nothing is to be put right; what was said stays where it was said.

    Refuses: nothing_chosen, not_a_recorder, reason_missing, already_taken.
    """
    if not said:
        raise Refusal(_("Choose at least one of them."), code="nothing_chosen")
    units = [unit_of(each) for each in said]
    for unit in set(units):
        refuse(why_not_register(by, unit))
    if not reason.strip():
        raise Refusal(_("Say why nothing is to be put right."), code="reason_missing")
    _refuse_taken(said)
    sources = _take(said, by, now, set_aside_because=reason.strip())
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


def _take(said: "Sequence[Said]", by: Actor, now: datetime, **answer: object) -> list[Source]:
    """Two at once: the table lets one in."""
    return Source.objects.bulk_create(
        Source(**{kind_of(each).value: each}, taken_at=now, taken_by=by, **answer) for each in said
    )


def _refuse_taken(said: "Sequence[Said]") -> None:
    number = 0
    for kind in SourceKind:
        keys = [each.pk for each in said if kind_of(each) is kind]
        number += Source.objects.filter(**{f"{kind}__in": keys}).count() if keys else 0
    if number:
        raise Refusal(
            _("%(n)d of them were taken up or set aside meanwhile; look at the list again.")
            % {"n": number},
            code="already_taken",
        )
