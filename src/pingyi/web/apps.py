from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "pingyi.web"
    label = "web"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.notifications.doors import EVENTS, MISSING
        from pingyi.ui.doors import MENUS
        from pingyi.web import tasks
        from pingyi.web.queries.calendar import events
        from pingyi.web.queries.menu import menu

        MENUS.offer("web", menu)
        EVENTS.offer("web", events)
        MISSING.offer("web.supervision", tasks.missing)
        DOCUMENTS.offer("web.access", tasks.access)
        DOCUMENTS.offer("web.supervision", tasks.supervision)
