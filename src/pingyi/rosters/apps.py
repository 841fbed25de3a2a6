from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    name = "pingyi.rosters"
    label = "rosters"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from django.db.models import Q

        from pingyi.core.unfinished import LONG_WORK, LongWork
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.organizations.doors import RESTING, Kind
        from pingyi.rosters import tasks
        from pingyi.rosters.enums import ImportState
        from pingyi.rosters.models import RosterImport
        from pingyi.rosters.queries.imports import imports_in
        from pingyi.rosters.queries.worklist import worklist
        from pingyi.ui.doors import WORKLISTS

        for task, state in (
            (tasks.preview, ImportState.READING),
            (tasks.apply, ImportState.APPLYING),
        ):
            rows = partial(imports_in, state)
            LONG_WORK.offer(task.module_path, LongWork(rows, "import_id", tasks.give_up))
        WORKLISTS.offer("rosters", worklist)
        DOCUMENTS.offer("rosters.register", tasks.register)
        DOCUMENTS.offer("rosters.marked", tasks.marked)
        RESTING.offer("rosters.rosterimport", Kind(_("import"), ("filename",)))
        done = Q(state__in=[ImportState.APPLIED, ImportState.UNDONE])
        far = ["done", "total"]
        VOUCHED.offer("rosters.rosterimport", Vouched(RosterImport, _("Import"), far, done))
