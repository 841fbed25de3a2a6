"""The deeds on the tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LedgerKind(TextChoices):
    """The deeds on the tables that stand in the ledger."""

    FILLED_IN = "tables.filled_in", _("Head and foot of the tables filled in")
