"""States of a sealed box (ballots.md, close)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BoxState(TextChoices):
    """Prepared, taking ballots, not taking any for a while, no more, counted, on the board."""

    PREPARED = "prepared", _("Prepared")
    OPEN = "open", pgettext_lazy("ballot box", "Open")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", pgettext_lazy("ballot box", "Closed")
    COUNTED = "counted", _("Counted")
    PUBLISHED = "published", pgettext_lazy("ballot box", "Published")
    VOID = "void", pgettext_lazy("ballot box", "Void")


class BoxDeed(TextChoices):
    """What may be done with a box."""

    OPEN = "open", _("Open the box")
    PAUSE = "pause", _("Pause")
    CLOSE = "close", _("Close the box")
    COUNT = "count", _("Open and count")
    PUBLISH = "publish", _("Publish the board")
    VOID = "void", _("Declare void")


class Kind(TextChoices):
    """What a bundle holds."""

    BALLOT = "ballot", _("Ballots")
    OPINION = "opinion", _("Opinions")
