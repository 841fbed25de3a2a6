"""Who writes a bulletin, who lets it go out, who publishes and who withdraws it (N6)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.bulletins.enums import BulletinDeed, BulletinState
from pingyi.bulletins.rules.workflow import MOVES, Side
from pingyi.campaigns.permissions import holds
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.bulletins.models import Bulletin
    from pingyi.campaigns.models import Unit


def why_not_write(actor: Actor, unit: "Unit") -> Refusal | None:
    """Whoever makes reviews known for a unit writes its bulletins."""
    if holds(actor, unit, Right.PUBLISH_REVIEWS):
        return None
    return Refusal(
        _("Only the office, the clerk or the secretary of %(unit)s writes bulletins here.")
        % {"unit": unit.name},
        code="not_a_writer",
    )


def why_not_post(bulletin: "Bulletin") -> Refusal | None:
    """A poster leads to the page that everybody reads: there has to be one."""
    if bulletin.is_public and bulletin.state == BulletinState.PUBLISHED:
        return None
    return Refusal(_("A poster is made of what is published to everybody."), code="not_public")


def why_not_do(actor: Actor, bulletin: "Bulletin", deed: BulletinDeed) -> Refusal | None:
    """Whether the deed is this side's and can follow; nobody approves what they wrote themselves.

    Whoever decides for everybody whom it reaches approves it: a branch's bulletin to the whole
    county is approved by somebody who answers for the county.
    """
    move = MOVES[deed]
    writes = holds(actor, bulletin.unit, Right.PUBLISH_REVIEWS)
    approves = holds(actor, bulletin.top, Right.DECIDE)
    if move.side is Side.WRITER and not writes:
        return why_not_write(actor, bulletin.unit)
    if move.side is Side.APPROVER and not approves:
        return Refusal(
            _("Only whoever decides for %(unit)s approves what is read there.")
            % {"unit": bulletin.top.name},
            code="not_an_approver",
        )
    if not (writes or approves):
        return why_not_write(actor, bulletin.unit)
    if bulletin.state not in move.begins:
        return Refusal(
            _("This bulletin is “%(state)s”: that cannot follow now.")
            % {"state": bulletin.get_state_display()},
            code="not_now",
        )
    if deed is BulletinDeed.APPROVE and actor is not None and bulletin.written_by_id == actor.pk:
        return Refusal(
            _("You wrote it yourself: somebody else reads and approves it."), code="own_text"
        )
    return None
