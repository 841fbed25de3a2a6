from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailboxConfig(AppConfig):
    name = "pingyi.mailbox"
    label = "mailbox"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.keeping.doors import LOOKS
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.mailbox import models
        from pingyi.mailbox.queries.soundness import soundness

        VOUCHED.offer(
            models.BoundAddress._meta.label_lower,
            Vouched(models.BoundAddress, _("E-mail address of a unit")),
        )
        LOOKS.offer("mailbox", soundness)
