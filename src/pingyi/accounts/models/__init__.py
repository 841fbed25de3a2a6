from pingyi.accounts.models.access import Access
from pingyi.accounts.models.failed_tries import FailedTries
from pingyi.accounts.models.grant import Grant
from pingyi.accounts.models.proposal import Proposal
from pingyi.accounts.models.user import User

__all__ = ["Access", "FailedTries", "Grant", "Proposal", "User"]
