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
from pingyi.accounts.queries.candidates import secretaries_without_account

__all__ = [
    "Actor",
    "any_account",
    "has_right",
    "open_grants",
    "secretaries_without_account",
    "signature",
    "tops",
    "user_by_id",
]
