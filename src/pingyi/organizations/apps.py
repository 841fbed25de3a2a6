from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "pingyi.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.organizations.queries.roster_worklist import worklist
        from pingyi.ui.doors import WORKLISTS

        WORKLISTS.offer("organizations", worklist)
