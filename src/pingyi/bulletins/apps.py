from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinsConfig(AppConfig):
    name = "pingyi.bulletins"
    label = "bulletins"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.bulletins import models
        from pingyi.bulletins.queries.bulletins import records
        from pingyi.campaigns.doors import RECORDS
        from pingyi.ledger.doors import VOUCHED, Vouched

        RECORDS.offer("bulletins", records)
        for model, name in (
            (models.Bulletin, _("Bulletin")),
            (models.Figure, _("Figure of a bulletin")),
            (models.Step, _("Step of a bulletin")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, name))
