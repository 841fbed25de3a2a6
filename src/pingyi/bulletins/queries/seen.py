"""What a page shows of a bulletin, as it is by now (ui.edits)."""

from django.utils.translation import gettext as _

from pingyi.bulletins.models import Bulletin
from pingyi.core.seen import Content, Said

FIELDS = (
    "kind", "title", "text", "scope", "agency", "document_number", "addressees", "copies_to",
)  # fmt: skip


def bulletin_seen(pk: int) -> Content:
    """Where it stands, and everything that its form shows."""
    return bulletin_content(Bulletin.objects.get(pk=pk))


def bulletin_content(bulletin: Bulletin) -> Content:
    """The same of a row that was read."""
    state = Said(_("State"), bulletin.state, bulletin.get_state_display())
    return {"state": state, **{name: getattr(bulletin, name) for name in FIELDS}}
