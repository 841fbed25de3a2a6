from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RectificationConfig(AppConfig):
    name = "pingyi.rectification"
    label = "rectification"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.appraisals.doors import PUT_RIGHT
        from pingyi.campaigns.doors import RECORDS
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.rectification import models, tasks
        from pingyi.rectification.queries.items import records
        from pingyi.rectification.queries.menu import menu
        from pingyi.rectification.queries.told import put_right
        from pingyi.rectification.queries.worklist import worklist
        from pingyi.ui.doors import MENUS, WORKLISTS

        RECORDS.offer("rectification", records)
        PUT_RIGHT.offer("rectification", put_right)
        WORKLISTS.offer("rectification", worklist)
        MENUS.offer("rectification", menu)
        DOCUMENTS.offer("rectification", tasks.ledger)
        # How many files an item has is counted from their rows, which are vouched for themselves.
        item = Vouched(models.Item, _("Rectification item"), without=("files",))
        VOUCHED.offer(models.Item._meta.label_lower, item)
        for model, name in (
            (models.Step, _("Step of a rectification")),
            (models.Source, _("Source of a rectification")),
            (models.Evidence, _("Evidence of a rectification")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, name))
