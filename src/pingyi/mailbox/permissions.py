"""Who binds e-mail addresses to units, and sees what came in."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor, lies_within, tops
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from datetime import date

    from pingyi.mailbox.models import BoundAddress
    from pingyi.organizations.models import Organization

OUTSIDE = gettext_lazy("Addresses are bound by the campaign office of the unit or above it.")


def no_mailbox() -> Refusal:
    """What is said where the settings name none."""
    sentence = _("No mailbox is set up. Set PINGYI_MAILBOX_URL, and PINGYI_MAIL_URL to answer by.")
    return Refusal(sentence, code="no_mailbox")


def why_not_look(actor: Actor) -> Refusal | None:
    """The mailbox is looked after by whoever manages accounts: an address acts as one does."""
    if actor is None or tops(actor, Right.MANAGE_ACCOUNTS):
        return None
    return Refusal(OUTSIDE, code="not_the_office")


def why_not_bind(actor: Actor, organization: "Organization", on: "date") -> Refusal | None:
    """For its own part of the tree, at organizations that still exist."""
    if (refusal := why_not_look(actor)) is not None:
        return refusal
    if organization.valid_to is not None and organization.valid_to <= on:
        return Refusal(_("This organization no longer exists."), code="closed")
    if _is_within(actor, organization, on):
        return None
    return Refusal(OUTSIDE, code="outside")


def why_not_unbind(actor: Actor, bound: "BoundAddress", on: "date") -> Refusal | None:
    """Whoever could bind it, once; of a closed organization as well."""
    if not _is_within(actor, bound.organization, on):
        return Refusal(OUTSIDE, code="outside")
    if bound.ended_at is not None:
        return Refusal(_("This address is bound to no unit any more."), code="not_bound")
    return None


def why_not_this_address(*, is_own: bool, is_taken: bool) -> Refusal | None:
    """Not the address of the program, and none that speaks for a unit already."""
    if is_own:
        return Refusal(
            _("This is the address of the mailbox itself: choose the one the unit writes from."),
            code="own_address",
        )
    if is_taken:
        return Refusal(
            _("This address is bound already. Where it is to speak for another unit, unbind it."),
            code="address_taken",
        )
    return None


def _is_within(actor: Actor, organization: "Organization", on: "date") -> bool:
    return actor is None or lies_within(organization, tops(actor, Right.MANAGE_ACCOUNTS), on)
