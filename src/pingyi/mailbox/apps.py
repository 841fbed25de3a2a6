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
        from pingyi.organizations.doors import RESTING, Kind

        VOUCHED.offer(
            models.BoundAddress._meta.label_lower,
            Vouched(models.BoundAddress, _("E-mail address of a unit")),
        )
        RESTING.offer("mailbox.boundaddress", Kind(_("address of forms by e-mail"), ("address",)))
        RESTING.offer("mailbox.mail", Kind(_("e-mail with a form"), ("sender",)))
        LOOKS.offer("mailbox", soundness)
