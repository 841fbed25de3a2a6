from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "pingyi.paper"
    label = "paper"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.campaigns.doors import PAPERS
        from pingyi.paper import tasks

        PAPERS.offer("ballots", tasks.ballots_of)
