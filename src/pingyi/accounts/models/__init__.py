from pingyi.accounts.models.grant import Grant
from pingyi.accounts.models.user import User

__all__ = ["Grant", "User"]
