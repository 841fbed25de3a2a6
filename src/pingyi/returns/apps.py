from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    name = "pingyi.returns"
    label = "returns"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.campaigns.doors import RECORDS, TABLE_MEASURES
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.returns.models import Imprint
        from pingyi.returns.queries.imprint import records
        from pingyi.returns.queries.measures import MEASURES
        from pingyi.returns.queries.menu import menu
        from pingyi.returns.queries.worklist import worklist
        from pingyi.ui.doors import MENUS, WORKLISTS

        for name, measure in MEASURES.items():
            TABLE_MEASURES.offer(name, measure.by_round)
        RECORDS.offer("returns", records)
        WORKLISTS.offer("returns", worklist)
        MENUS.offer("returns", menu)
        VOUCHED.offer("returns.imprint", Vouched(Imprint, _("Head and foot of tables")))
