"""Kinds, scopes, states and deeds of a bulletin (通报, 公示)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BulletinKind(TextChoices):
    """What is made known and stands (通报), or is open to objections (公示)."""

    BULLETIN = "bulletin", _("Bulletin")
    NOTICE = "notice", _("Public notice")


class Scope(TextChoices):
    """Who reads it (N6), reckoned from the organization that publishes it."""

    UNIT = "unit", _("This organization and those below it")
    TOWNSHIP = "township", _("The whole reporting unit it belongs to")
    COUNTY = "county", _("Everybody in the campaign")
    PUBLIC = "public", _("Everybody, without signing in")


class BulletinState(TextChoices):
    """Written, approved, published, withdrawn."""

    DRAFT = "draft", pgettext_lazy("bulletin", "Draft")
    APPROVED = "approved", pgettext_lazy("bulletin", "Approved")
    PUBLISHED = "published", pgettext_lazy("bulletin", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("bulletin", "Withdrawn")


class BulletinDeed(TextChoices):
    """What may be done with a bulletin."""

    REVISE = "revise", pgettext_lazy("bulletin", "Revise")
    APPROVE = "approve", pgettext_lazy("bulletin", "Approve")
    PUBLISH = "publish", pgettext_lazy("bulletin", "Publish")
    WITHDRAW = "withdraw", pgettext_lazy("bulletin", "Withdraw")


class LedgerKind(TextChoices):
    """The deeds of a bulletin that stand in the ledger."""

    WRITTEN = "bulletin.written", _("Bulletin written")
    REVISED = "bulletin.revised", _("Bulletin revised")
    APPROVED = "bulletin.approved", _("Bulletin approved")
    PUBLISHED = "bulletin.published", _("Bulletin published")
    WITHDRAWN = "bulletin.withdrawn", _("Bulletin withdrawn")
