from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "pingyi.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.campaigns.queries.menu import menu
        from pingyi.campaigns.queries.worklist import worklist
        from pingyi.ui.doors import MENUS, WORKLISTS

        WORKLISTS.offer("campaigns", worklist)
        MENUS.offer("campaigns", menu)
