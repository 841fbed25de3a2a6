"""What the preview of an import shows, as it is by now (ui.edits)."""

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from pingyi.core.seen import Content, Said
from pingyi.rosters.models import RosterImport


def import_seen(pk: int) -> Content:
    """Its state, its columns, and which lines are previewed: each preview writes them anew."""
    row = RosterImport.objects.get(pk=pk)
    lines = row.changes.aggregate(number=Count("pk"), last=Max("pk"))
    previewed = [lines["number"], lines["last"], row.counts, row.errors]
    return {
        "state": Said(_("State"), row.state, row.get_state_display()),
        "columns": Said(_("Columns"), row.mapping, _("chosen anew")),
        "lines": Said(_("Lines"), previewed, str(lines["number"])),
    }
