"""What a page shows of an item, as it is by now (ui.edits)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.core.seen import Content, Said
from pingyi.rectification.models import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELDS: "dict[str, Sequence[str]]" = {
    "assign": ("responsible", "due_on", "measure"),
    "report": ("outcome", "evidence"),
}


def item_seen(pk: int) -> Content:
    """Where it stands, and everything that its forms show."""
    item = Item.objects.filter(pk=pk).first()
    return item_content(item) if item else {}


def item_content(item: Item) -> Content:
    """The same of a row that was read."""
    state = Said(_("State"), f"{item.state} {item.times_reopened}", item.get_state_display())
    fields = (name for names in FIELDS.values() for name in names)
    return {"state": state, **{name: getattr(item, name) for name in fields}}
