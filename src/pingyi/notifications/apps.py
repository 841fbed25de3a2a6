from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "pingyi.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.notifications import models
        from pingyi.notifications.queries.worklist import worklist
        from pingyi.ui.doors import WORKLISTS

        WORKLISTS.offer("notifications", worklist)

        for model, label in (
            (models.Address, _("E-mail address")),
            (models.Feed, _("Calendar address")),
            (models.Urge, _("Urging")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, label))
