from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "pingyi.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.campaigns.queries.menu import menu
        from pingyi.campaigns.queries.worklist import worklist
        from pingyi.organizations.doors import RESTING, Kind
        from pingyi.ui.doors import MENUS, WORKLISTS

        WORKLISTS.offer("campaigns", worklist)
        MENUS.offer("campaigns", menu)
        RESTING.offer("campaigns.campaign", Kind(_("campaign"), ("name",)))
        RESTING.offer("campaigns.unit", Kind(_("frozen organization"), ("name",)))
        RESTING.offer("campaigns.participant", Kind(_("frozen person"), ("name",)))
