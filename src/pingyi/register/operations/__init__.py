"""Deeds of the register."""

from pingyi.register.operations.memberships import (
    admit_member,
    change_standing,
    end_membership,
    register_member,
    transfer_member,
)
from pingyi.register.operations.merging import merge_people, separate_people
from pingyi.register.operations.organizations import change_organization, create_organization
from pingyi.register.operations.people import add_person, change_person
from pingyi.register.operations.posts import (
    appoint,
    correct_post,
    end_charge,
    end_post,
    put_in_charge,
)
from pingyi.register.operations.succession import SplitPart, merge_organizations, split_organization
from pingyi.register.operations.tree import (
    add_secondary_affiliation,
    close_organization,
    end_secondary_affiliation,
    move_organization,
)

__all__ = [
    "SplitPart",
    "add_person",
    "add_secondary_affiliation",
    "admit_member",
    "appoint",
    "change_organization",
    "change_person",
    "change_standing",
    "close_organization",
    "correct_post",
    "create_organization",
    "end_charge",
    "end_membership",
    "end_post",
    "end_secondary_affiliation",
    "merge_organizations",
    "merge_people",
    "move_organization",
    "put_in_charge",
    "register_member",
    "separate_people",
    "split_organization",
    "transfer_member",
]
