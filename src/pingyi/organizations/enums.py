"""Kinds and states of the register. Sectors and post categories are data: classification.toml."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import Role

# Who keeps the register: they change it, and see the last four and the birth date.
EDITORS = frozenset({Role.OFFICE, Role.CLERK})
# Who sees the people of a subtree; a member sees only the own person.
READERS_OF_PEOPLE = frozenset(Role) - {Role.MEMBER}


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


class ImportState(TextChoices):
    """Life of an imported workbook."""

    READING = "reading", _("Being read")
    REFUSED = "refused", _("Has errors")
    PREVIEWED = "previewed", _("Ready to apply")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Discarded")
    FAILED = "failed", _("Failed")


class ChangeKind(TextChoices):
    """What one line of an import does to the register."""

    ADD = "add", _("Addition")
    CHANGE = "change", _("Change")
    END = "end", _("Ending")
