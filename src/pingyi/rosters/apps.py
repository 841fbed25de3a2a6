from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    name = "pingyi.rosters"
    label = "rosters"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.core.unfinished import GIVEN_UP
        from pingyi.organizations.doors import RESTING, Kind
        from pingyi.rosters import tasks
        from pingyi.rosters.queries.worklist import worklist
        from pingyi.ui.doors import WORKLISTS

        for task in (tasks.preview, tasks.apply):
            GIVEN_UP.offer(task.module_path, tasks.give_up)
        WORKLISTS.offer("rosters", worklist)
        RESTING.offer("rosters.rosterimport", Kind(_("import"), ("filename",)))
