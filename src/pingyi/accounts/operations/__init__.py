"""What other rooms do with accounts. Passwords and secrets never reach the ledger,
but within the hash of the row that holds them.
"""

from pingyi.accounts.operations.access import forget_old_access
from pingyi.accounts.operations.accounts import create_account, move_account
from pingyi.accounts.operations.tries import forget_old_tries

__all__ = ["create_account", "forget_old_access", "forget_old_tries", "move_account"]
