"""Reads of accounts."""

from pingyi.accounts.queries.access import (
    SEARCHED,
    access_visible_to,
    told_apart,
    why_access_is_not_sealed,
    with_page,
)
from pingyi.accounts.queries.accounts import (
    Actor,
    any_account,
    has_another,
    has_right,
    lies_within,
    open_grants,
    organizations_managed_by,
    signature,
    tops,
    user_by_id,
    user_by_name,
)
from pingyi.accounts.queries.acting import accounts_of, holders, holders_at, who_act
from pingyi.accounts.queries.candidates import secretaries_without_account

__all__ = [
    "SEARCHED",
    "Actor",
    "access_visible_to",
    "accounts_of",
    "any_account",
    "has_another",
    "has_right",
    "holders",
    "holders_at",
    "lies_within",
    "open_grants",
    "organizations_managed_by",
    "secretaries_without_account",
    "signature",
    "told_apart",
    "tops",
    "user_by_id",
    "user_by_name",
    "who_act",
    "why_access_is_not_sealed",
    "with_page",
]
