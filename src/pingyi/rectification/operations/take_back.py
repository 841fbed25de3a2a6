"""A registration or a setting aside is undone at once: what was said waits again (N14)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.rectification.enums import ItemState, LedgerKind, SourceKind
from pingyi.rectification.models import Item, Source
from pingyi.rectification.permissions import why_not_register
from pingyi.rectification.queries.waiting import unit_of

if TYPE_CHECKING:
    from pingyi.rectification.queries.waiting import Said


@transaction.atomic
def take_back(*, source: int, by: Actor, now: datetime) -> int:
    """Undo what was done with a source and all that were ticked with it; gives the first of them.

    Refuses: gone, not_a_recorder, assigned_already.
    """
    sources = _with(source)
    if not sources:
        raise Refusal(_("This was undone already."), code="gone")
    said = [_said(each) for each in sources]
    item = sources[0].item
    units = {item.unit} if item else {unit_of(each) for each in said}
    for unit in units:
        refuse(why_not_register(by, unit))
    if item and item.state != ItemState.REGISTERED:
        raise Refusal(
            _("No. %(number)d is assigned already and stays registered.") % {"number": item.number},
            code="assigned_already",
        )
    Source.objects.filter(pk__in=[each.pk for each in sources]).delete()
    items = [item] if item else []
    Item.objects.filter(pk__in=[each.pk for each in items]).delete()
    codes = sorted({unit.code for unit in units})
    ledger.append(
        kind=LedgerKind.TAKEN_BACK,
        subject=" ".join(codes[:3]),
        body={"number": item.number if item else None, "sources": len(sources), "units": codes},
        rows=[*items, *sources],
        by=signature(by),
        now=now,
    )
    return min(each.pk for each in said)


def _with(pk: int) -> list[Source]:
    """Those answered in the same deed, behind their lock: of two at once the second finds none."""
    source = Source.objects.filter(pk=pk).first()
    if source is None:
        return []
    same = (
        {"item": source.item_id}
        if source.item_id
        else {"item": None, "taken_at": source.taken_at, "taken_by": source.taken_by_id}
    )
    rows = Source.objects.select_for_update(of=("self",), no_key=True).filter(**same)
    if source.item_id:
        # Nobody assigns it meanwhile.
        Item.objects.select_for_update(no_key=True).filter(pk=source.item_id).first()
    return list(
        rows.select_related(
            "item__unit__campaign",
            "opinion__appraisal__unit__campaign",
            "flag__appraisal__unit__campaign",
            "review__counted_in__campaign",
        )
    )


def _said(source: Source) -> "Said":
    found: Said = next(each for kind in SourceKind if (each := getattr(source, kind.value)))
    return found
