from django.apps import AppConfig


class DownloadsConfig(AppConfig):
    name = "pingyi.downloads"
    label = "downloads"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.core.unfinished import LONG_WORK, LongWork
        from pingyi.downloads import tasks
        from pingyi.downloads.queries import downloads_under_way, worklist
        from pingyi.ui.doors import WORKLISTS

        making = LongWork(downloads_under_way, "download_id", tasks.give_up)
        LONG_WORK.offer(tasks.make.module_path, making)
        WORKLISTS.offer("downloads", worklist)
