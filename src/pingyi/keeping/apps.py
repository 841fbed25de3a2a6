from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "pingyi.keeping"
    label = "keeping"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.core.unfinished import LONG_WORK, LongWork
        from pingyi.keeping import tasks
        from pingyi.keeping.queries.backups import backups_under_way
        from pingyi.keeping.queries.worklist import worklist
        from pingyi.ui.doors import WORKLISTS

        making = LongWork(backups_under_way, "backup_id", tasks.give_up)
        LONG_WORK.offer(tasks.make.module_path, making)
        WORKLISTS.offer("keeping", worklist)
