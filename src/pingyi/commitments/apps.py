from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "pingyi.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.campaigns.doors import RECORDS
        from pingyi.commitments import models, tasks
        from pingyi.commitments.queries.beside import beside
        from pingyi.commitments.queries.commitments import records
        from pingyi.commitments.queries.menu import menu
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.reviews.doors import BESIDE
        from pingyi.ui.doors import MENUS

        RECORDS.offer("commitments", records)
        BESIDE.offer("commitments", beside)
        MENUS.offer("commitments", menu)
        DOCUMENTS.offer("commitments", tasks.ledger)
        for model, name in (
            (models.Commitment, _("Public commitment")),
            (models.Step, _("Step of a commitment")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, name))
