"""Reads of accounts."""

from pingyi.accounts.queries.accounts import (
    Actor,
    any_account,
    has_right,
    open_grants,
    signature,
    tops,
    user_by_id,
)

__all__ = [
    "Actor",
    "any_account",
    "has_right",
    "open_grants",
    "signature",
    "tops",
    "user_by_id",
]
