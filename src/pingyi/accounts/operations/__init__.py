"""Writes of accounts. Passwords and secrets of one-time codes never reach the ledger."""

from pingyi.accounts.operations.accounts import (
    create_account,
    deactivate,
    link_person,
    reactivate,
)
from pingyi.accounts.operations.first_codes import (
    choose_first_password,
    make_first_code,
    print_first_codes,
)
from pingyi.accounts.operations.grants import end_grant, grant_role
from pingyi.accounts.operations.language import choose_language
from pingyi.accounts.operations.many import create_accounts
from pingyi.accounts.operations.one_time_codes import (
    check_one_time_code,
    confirm_one_time_code,
    remove_one_time_code,
    start_one_time_code,
)
from pingyi.accounts.operations.passwords import change_own_password, set_password

__all__ = [
    "change_own_password",
    "check_one_time_code",
    "choose_first_password",
    "choose_language",
    "confirm_one_time_code",
    "create_account",
    "create_accounts",
    "deactivate",
    "end_grant",
    "grant_role",
    "link_person",
    "make_first_code",
    "print_first_codes",
    "reactivate",
    "remove_one_time_code",
    "set_password",
    "start_one_time_code",
]
