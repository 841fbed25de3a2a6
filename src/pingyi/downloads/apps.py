from django.apps import AppConfig


class DownloadsConfig(AppConfig):
    name = "pingyi.downloads"
    label = "downloads"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.core.unfinished import GIVEN_UP
        from pingyi.downloads import tasks
        from pingyi.downloads.queries import worklist
        from pingyi.ui.doors import WORKLISTS

        GIVEN_UP.offer(tasks.make.module_path, tasks.give_up)
        WORKLISTS.offer("downloads", worklist)
