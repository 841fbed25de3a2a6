"""Kinds and states of the register. Sectors and post categories are data: classification.toml."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationKind(TextChoices):
    """What kind of body an organization is."""

    COMMITTEE = "committee", _("Party committee")
    WORK_COMMITTEE = "work_committee", _("Working committee")
    LEADING_GROUP = "leading_group", _("Leading Party group")
    GENERAL_BRANCH = "general_branch", _("General branch")
    BRANCH = "branch", _("Branch")


class Level(TextChoices):
    """Level at which an organization stands."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    COUNTY_UNIT = "county_unit", _("County-level unit")
    TOWNSHIP = "township", _("Township or subdistrict")
    GRASSROOTS = "grassroots", _("Grassroots")


class AffiliationKind(TextChoices):
    """Formal affiliation is the one that counts (N1); the other is the second of a dual one."""

    FORMAL = "formal", _("Formal")
    SECONDARY = "secondary", _("Secondary")


class Standing(TextChoices):
    """Standing of a member. Probationary members vote but are not graded (rulebook §2)."""

    FULL = "full", _("Full member")
    PROBATIONARY = "probationary", _("Probationary member")


class Gender(TextChoices):
    """Gender as the roster states it."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class PostRole(TextChoices):
    """Which block of the leaders' table a post category belongs to (N2, N11)."""

    SECRETARY = "secretary", _("Secretary")
    LEADER = "leader", _("Member of the leading group")


class SuccessionKind(TextChoices):
    """How one organization came out of another."""

    SPLIT = "split", _("Split")
    MERGE = "merge", _("Merge")
