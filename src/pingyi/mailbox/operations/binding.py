"""An e-mail address is bound to a unit, and no longer (N12)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from pingyi.accounts.queries import Actor, signature
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.ledger import operations as ledger
from pingyi.mailbox.enums import LedgerKind
from pingyi.mailbox.models import BoundAddress
from pingyi.mailbox.permissions import why_not_bind, why_not_this_address, why_not_unbind
from pingyi.mailbox.queries.addresses import binding_of, own_addresses
from pingyi.mailbox.rules.masks import masked

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


@transaction.atomic
def bind_address(
    *, address: str, organization: "Organization", by: Actor, now: datetime
) -> BoundAddress:
    """From now on what comes from this address is the unit's own deed. Of two who bind the same one
    at once the table lets one in.
    """
    refuse(why_not_bind(by, organization, day_of(now)))
    address = address.strip().lower()
    is_taken = binding_of(address) is not None
    refuse(why_not_this_address(is_own=address in own_addresses(), is_taken=is_taken))
    bound = BoundAddress.objects.create(
        address=address, organization=organization, bound_at=now, bound_by=by
    )
    _record(LedgerKind.BOUND, bound, by, now)
    return bound


@transaction.atomic
def unbind_address(*, bound: BoundAddress, by: Actor, now: datetime) -> None:
    """From now on what comes from it is of nobody known."""
    # Two who unbind at once: the second waits here, and finds it ended.
    rows = BoundAddress.objects.select_for_update(of=("self",), no_key=True)
    current = rows.select_related("organization").get(pk=bound.pk)
    refuse(why_not_unbind(by, current, day_of(now)))
    current.ended_at, current.ended_by = now, by
    current.save(update_fields=["ended_at", "ended_by"])
    _record(LedgerKind.UNBOUND, current, by, now)


def _record(kind: LedgerKind, bound: BoundAddress, by: Actor, now: datetime) -> None:
    # The address itself stands in the row, whose hash the line keeps.
    ledger.append(
        kind=kind,
        subject=f"organization:{bound.organization_id}",
        body={"organization": bound.organization.code, "address": masked(bound.address)},
        rows=[bound],
        by=signature(by),
        now=now,
    )
