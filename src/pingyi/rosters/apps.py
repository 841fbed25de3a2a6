from django.apps import AppConfig


class RostersConfig(AppConfig):
    name = "pingyi.rosters"
    label = "rosters"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.rosters.queries.worklist import worklist
        from pingyi.ui.doors import WORKLISTS

        WORKLISTS.offer("rosters", worklist)
