"""Roles of people who sign in (cast of mission/requirements; scope is a subtree)."""

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


ROLES_FROM_REGISTER = (Role.BRANCH_SECRETARY, Role.SECRETARY, Role.MEMBER)
"""Roles that follow from posts and memberships, so that many accounts are made at once."""


class LedgerKind(TextChoices):
    """The deeds on accounts that stand in the ledger."""

    CREATED = "account.created", _("Account made")
    PERSON_LINKED = "account.person_linked", _("Linked to a person of the register")
    DEACTIVATED = "account.deactivated", _("Account deactivated")
    REACTIVATED = "account.reactivated", _("Account reactivated")
    ROLE_GRANTED = "account.role_granted", _("Role given")
    ROLE_ENDED = "account.role_ended", _("Role ended")
    PASSWORD_CHANGED = "account.password_changed", _("Own password changed")
    PASSWORD_SET = "account.password_set", _("New password set")
    ONE_TIME_CODE_STARTED = "account.one_time_code_started", _("One-time codes: setting up started")
    ONE_TIME_CODE_CONFIRMED = "account.one_time_code_confirmed", _("One-time codes in use")
    ONE_TIME_CODE_REMOVED = "account.one_time_code_removed", _("One-time codes removed")
    FIRST_CODE_MADE = "account.first_code_made", _("Password void, first code made")
    FIRST_CODE_PRINTED = "account.first_code_printed", _("First code printed")
    FIRST_PASSWORD_CHOSEN = "account.first_password_chosen", _("First password chosen")
    LANGUAGE_CHOSEN = "account.language_chosen", _("Language chosen")
