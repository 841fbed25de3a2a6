"""Roles of people who sign in (cast of mission/requirements), and the rights of each."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person may do inside the subtree of an organization."""

    OFFICE = "office", _("Campaign office")
    CLERK = "clerk", _("Unit clerk")
    SECRETARY = "secretary", _("Township secretary")
    BRANCH_SECRETARY = "branch_secretary", _("Branch secretary")
    MEMBER = "member", _("Member")
    INSPECTOR = "inspector", _("Inspector")


class Outcome(TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("open")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


ROLES_FROM_REGISTER = (Role.BRANCH_SECRETARY, Role.SECRETARY, Role.MEMBER)
"""Roles that follow from posts and memberships, so that many accounts are made at once."""


class Right(StrEnum):
    """What rooms ask for before they show or do something; who is allowed stands in one table."""

    READ = "read"
    READ_PEOPLE = "read_people"
    READ_TABLES = "read_tables"
    READ_APPRAISALS = "read_appraisals"
    PRINT_BALLOTS = "print_ballots"
    SUPERVISE = "supervise"
    URGE = "urge"
    RECORD_APPRAISALS = "record_appraisals"
    PUBLISH_REVIEWS = "publish_reviews"
    RECORD_REVIEWS = "record_reviews"
    DECIDE = "decide"
    CONVENE = "convene"
    EDIT_REGISTER = "edit_register"
    EXEMPT = "exempt"
    FILL_IN_TABLES = "fill_in_tables"
    MANAGE_ACCOUNTS = "manage_accounts"
    RUN_CAMPAIGNS = "run_campaigns"
    KEEP_BACKUPS = "keep_backups"

    @property
    def roles(self) -> frozenset[Role]:
        """Who has this right, in the organization of the role and everything below it."""
        return ROLES_WITH[self]


_OFFICE = frozenset({Role.OFFICE})
_CLERKS = _OFFICE | {Role.CLERK}
_SECRETARIES = _CLERKS | {Role.SECRETARY}
_BRANCHES = _SECRETARIES | {Role.BRANCH_SECRETARY}

ROLES_WITH: Mapping[Right, frozenset[Role]] = {
    # Members read about the organizations above them and about themselves.
    Right.READ: frozenset(Role),
    Right.READ_PEOPLE: _BRANCHES | {Role.INSPECTOR},
    Right.READ_TABLES: _BRANCHES | {Role.INSPECTOR},
    Right.READ_APPRAISALS: _BRANCHES | {Role.INSPECTOR},
    Right.PRINT_BALLOTS: _BRANCHES | {Role.INSPECTOR},
    Right.SUPERVISE: _SECRETARIES | {Role.INSPECTOR},
    # Those below who owe something; whoever is late is told to them.
    Right.URGE: _SECRETARIES,
    Right.RECORD_APPRAISALS: _BRANCHES,
    Right.PUBLISH_REVIEWS: _BRANCHES,
    # For leaders who do not sign in themselves.
    Right.RECORD_REVIEWS: _SECRETARIES,
    Right.DECIDE: _SECRETARIES,
    # Whose worklist leads through the stages of a branch's appraisal.
    Right.CONVENE: frozenset({Role.BRANCH_SECRETARY}),
    Right.EDIT_REGISTER: _CLERKS,
    Right.EXEMPT: _CLERKS,
    Right.FILL_IN_TABLES: _CLERKS,
    Right.MANAGE_ACCOUNTS: _OFFICE,
    Right.RUN_CAMPAIGNS: _OFFICE,
    # Of the whole tree: a part of it cannot be backed up.
    Right.KEEP_BACKUPS: _OFFICE,
}


class AccessKind(TextChoices):
    """What stands in the access log."""

    SIGNED_IN = "signed_in", _("Signed in")
    PASSWORD_REFUSED = "password_refused", _("Sign-in refused: name or password")
    CODE_REFUSED = "code_refused", _("Sign-in refused: one-time code")
    SIGNED_OUT = "signed_out", _("Signed out")
    ROLE_GIVEN = "role_given", _("Role given")
    ROLE_ENDED = "role_ended", _("Role ended")
    PASSWORD_SET = "password_set", _("Password set by the office")
    FIRST_CODE_MADE = "first_code_made", _("Password void, first code made")
    FILE_TAKEN = "file_taken", _("File downloaded")


class LedgerKind(TextChoices):
    """The deeds on accounts that stand in the ledger."""

    CREATED = "account.created", _("Account made")
    PERSON_LINKED = "account.person_linked", _("Linked to a person of the register")
    DEACTIVATED = "account.deactivated", _("Account deactivated")
    REACTIVATED = "account.reactivated", _("Account reactivated")
    ROLE_GRANTED = "account.role_granted", _("Role given")
    ROLE_PROPOSED = "account.role_proposed", _("Role proposed")
    LINK_PROPOSED = "account.link_proposed", _("Person of the register proposed")
    PROPOSAL_DECIDED = "account.proposal_decided", _("Decided on a proposal")
    ROLE_ENDED = "account.role_ended", _("Role ended")
    PASSWORD_CHANGED = "account.password_changed", _("Own password changed")
    PASSWORD_SET = "account.password_set", _("New password set")
    PASSWORD_STRENGTHENED = "account.password_strengthened", _("Password written stronger")
    ONE_TIME_CODE_STARTED = "account.one_time_code_started", _("One-time codes: setting up started")
    ONE_TIME_CODE_CONFIRMED = "account.one_time_code_confirmed", _("One-time codes in use")
    ONE_TIME_CODE_REMOVED = "account.one_time_code_removed", _("One-time codes removed")
    FIRST_CODE_MADE = "account.first_code_made", _("Password void, first code made")
    FIRST_CODE_PRINTED = "account.first_code_printed", _("First code printed")
    FIRST_PASSWORD_CHOSEN = "account.first_password_chosen", _("First password chosen")
    LANGUAGE_CHOSEN = "account.language_chosen", _("Language chosen")
