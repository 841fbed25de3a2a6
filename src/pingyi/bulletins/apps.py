from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinsConfig(AppConfig):
    name = "pingyi.bulletins"
    label = "bulletins"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.bulletins import models, tasks
        from pingyi.bulletins.queries.bulletins import records
        from pingyi.bulletins.queries.menu import menu
        from pingyi.bulletins.queries.worklist import worklist
        from pingyi.campaigns.doors import RECORDS
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.ui.doors import MENUS, WORKLISTS

        RECORDS.offer("bulletins", records)
        WORKLISTS.offer("bulletins", worklist)
        MENUS.offer("bulletins", menu)
        DOCUMENTS.offer("bulletins", tasks.ledger)
        for model, name in (
            (models.Bulletin, _("Bulletin")),
            (models.Figure, _("Figure of a bulletin")),
            (models.Step, _("Step of a bulletin")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, name))
