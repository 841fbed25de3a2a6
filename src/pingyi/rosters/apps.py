from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    name = "pingyi.rosters"
    label = "rosters"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from django.db.models import Q

        from pingyi.core.unfinished import GIVEN_UP
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.organizations.doors import RESTING, Kind
        from pingyi.rosters import tasks
        from pingyi.rosters.enums import ImportState
        from pingyi.rosters.models import RosterImport
        from pingyi.rosters.queries.worklist import worklist
        from pingyi.ui.doors import WORKLISTS

        for task in (tasks.preview, tasks.apply):
            GIVEN_UP.offer(task.module_path, tasks.give_up)
        WORKLISTS.offer("rosters", worklist)
        RESTING.offer("rosters.rosterimport", Kind(_("import"), ("filename",)))
        done = Q(state__in=[ImportState.APPLIED, ImportState.UNDONE])
        far = ["done", "total"]
        VOUCHED.offer("rosters.rosterimport", Vouched(RosterImport, _("Import"), far, done))
