"""States of a vote counted in a meeting."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CountState(TextChoices):
    """A count is a draft, then signed; a vote with too many ballots is void (rulebook §1).

    One that is opened again stays as it was signed; its figures go on as the next draft.
    """

    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")
    REOPENED = "reopened", _("Opened again")
    VOID = "void", _("Void")
