"""The deeds of the register."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LedgerKind(TextChoices):
    """The deeds on the register that stand in the ledger."""

    ORGANIZATION_CREATED = "organization.created", _("Organization founded")
    ORGANIZATION_CHANGED = "organization.changed", _("Organization changed")
    ORGANIZATION_MOVED = "organization.moved", _("Organization moved")
    ORGANIZATION_CLOSED = "organization.closed", _("Organization closed")
    ORGANIZATION_AFFILIATED = "organization.affiliated", _("Second affiliation begun")
    ORGANIZATION_UNAFFILIATED = "organization.unaffiliated", _("Second affiliation ended")
    ORGANIZATION_SPLIT = "organization.split", _("Organization split")
    ORGANIZATION_MERGED = "organization.merged", _("Organization merged")
    PERSON_ADDED = "person.added", _("Person added")
    PERSON_CHANGED = "person.changed", _("Person changed")
    PEOPLE_MERGED = "person.merged", _("Records of one person merged")
    PEOPLE_SEPARATED = "person.separated", _("Merge of records undone")
    MEMBERSHIP_BEGAN = "membership.began", _("Membership begun")
    MEMBERSHIP_TRANSFERRED = "membership.transferred", _("Member transferred")
    STANDING_CHANGED = "membership.standing_changed", _("Standing changed")
    MEMBERSHIP_ENDED = "membership.ended", _("Membership ended")
    POST_BEGAN = "post.began", _("Post begun")
    POST_CORRECTED = "post.corrected", _("Post corrected")
    POST_ENDED = "post.ended", _("Post ended")
    CHARGE_BEGAN = "charge.began", _("Charge begun")
    CHARGE_ENDED = "charge.ended", _("Charge ended")


class LeavingReason(TextChoices):
    """Why somebody is no member any more."""

    DIED = "died", _("died")
    MOVED_AWAY = "moved_away", _("transferred to an organization outside this register")
    SUSPENDED = "suspended", _("membership suspended")
    EXPELLED = "expelled", _("expelled")
