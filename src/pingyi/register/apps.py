from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "pingyi.register"
    label = "register"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.register import tasks
        from pingyi.register.queries.menu import menu
        from pingyi.ui.doors import MENUS

        MENUS.offer("register", menu)
        DOCUMENTS.offer("register.organizations", tasks.organizations)
        DOCUMENTS.offer("register.people", tasks.people)
