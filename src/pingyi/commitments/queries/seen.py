"""What a page shows of a commitment, as it is by now (ui.edits)."""

from django.utils.translation import gettext as _

from pingyi.commitments.models import Commitment
from pingyi.core.seen import Content, Said

FIELDS: dict[str, tuple[str, ...]] = {
    "revise": ("kind", "text", "due_on"),
    "keep": ("progress", "evidence"),
}


def commitment_seen(pk: int) -> Content:
    """Where it stands, and everything that its forms show."""
    return commitment_content(Commitment.objects.get(pk=pk))


def commitment_content(commitment: Commitment) -> Content:
    """The same of a row that was read."""
    state = Said(_("State"), commitment.state, commitment.get_state_display())
    names = (name for of_form in FIELDS.values() for name in of_form)
    return {"state": state, **{name: getattr(commitment, name) for name in names}}
