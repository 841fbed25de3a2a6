"""E-mail addresses that speak for units."""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor, tops
from pingyi.mailbox.models import BoundAddress
from pingyi.organizations.queries import below


def own_addresses() -> frozenset[str]:
    """The addresses of this program: what comes from them is its own."""
    return frozenset({settings.DEFAULT_FROM_EMAIL.lower(), settings.MAILBOX_ADDRESS.lower()})


def binding_of(address: str) -> BoundAddress | None:
    """The unit that an address speaks for now."""
    found = BoundAddress.objects.filter(address=address.lower(), ended_at__isnull=True)
    return found.select_related("organization").first()


def addresses_visible_to(actor: Actor, on: date) -> QuerySet[BoundAddress]:
    """The addresses that are bound in the actor's part of the tree, with their units."""
    found = BoundAddress.objects.filter(ended_at__isnull=True)
    found = found.select_related("organization", "bound_by")
    if actor is None:
        return found
    return found.filter(organization_id__in=below(tops(actor, Right.MANAGE_ACCOUNTS), on))
