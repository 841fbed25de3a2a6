from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "pingyi.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.campaigns.doors import RECORDS
        from pingyi.commitments import models
        from pingyi.commitments.queries.commitments import records
        from pingyi.ledger.doors import VOUCHED, Vouched

        RECORDS.offer("commitments", records)
        for model, name in (
            (models.Commitment, _("Public commitment")),
            (models.Step, _("Step of a commitment")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, name))
