from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    name = "pingyi.rosters"
    label = "rosters"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.organizations.doors import RESTING, Kind
        from pingyi.rosters.queries.worklist import worklist
        from pingyi.ui.doors import WORKLISTS

        WORKLISTS.offer("rosters", worklist)
        RESTING.offer("rosters.rosterimport", Kind(_("import"), ("filename",)))
