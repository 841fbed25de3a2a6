"""What other rooms do with accounts. Passwords and secrets never reach the ledger,
but within the hash of the row that holds them.
"""

from pingyi.accounts.operations.accounts import create_account

__all__ = ["create_account"]
