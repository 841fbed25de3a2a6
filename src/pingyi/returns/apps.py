from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    name = "pingyi.returns"
    label = "returns"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.campaigns.doors import ALL_SENT, PAPERS, RECORDS, TABLE_MEASURES
        from pingyi.core.unfinished import LONG_WORK, LongWork
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.mailbox.doors import FORMS, TAKERS
        from pingyi.notifications.doors import ENCLOSURES, MISSING
        from pingyi.returns import models, tasks
        from pingyi.returns.operations.mailed import take_in_mailed
        from pingyi.returns.queries.all_sent import all_sent
        from pingyi.returns.queries.imprint import records
        from pingyi.returns.queries.intakes import batches_under_way
        from pingyi.returns.queries.measures import MEASURES
        from pingyi.returns.queries.menu import menu
        from pingyi.returns.queries.worklist import worklist
        from pingyi.ui.doors import MENUS, PAGES_OF_ONE_ROUND, WORKLISTS

        for name, measure in MEASURES.items():
            TABLE_MEASURES.offer(name, measure.by_round)
        DOCUMENTS.offer("returns.forms", tasks.forms)
        reading = LongWork(batches_under_way, "batch_id", tasks.give_up)
        LONG_WORK.offer(tasks.take_in_many.module_path, reading)
        RECORDS.offer("returns", records)
        ALL_SENT.offer("returns", all_sent)
        PAPERS.offer("tables", tasks.tables_of_pack)
        TAKERS.offer(FORMS, take_in_mailed)
        ENCLOSURES.offer(FORMS, tasks.marked_forms)
        WORKLISTS.offer("returns", worklist)
        PAGES_OF_ONE_ROUND.offer("returns:received", "returns:unit")
        PAGES_OF_ONE_ROUND.offer("returns:stamped", "returns:versions")
        PAGES_OF_ONE_ROUND.offer("returns:batch", "returns:many")
        MISSING.offer("returns.owed", tasks.missing)
        MENUS.offer("returns", menu)
        for model, label in (
            (models.Imprint, _("Head and foot of tables")),
            (models.Return, _("Return")),
            (models.Correction, _("Figure said otherwise")),
            (models.Version, _("Version of a return")),
            (models.Remark, _("Remark on a return")),
            (models.StampedCopy, _("Stamped copy of a return")),
            (models.Intake, _("Form that came in")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, label))
