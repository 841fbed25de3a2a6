"""When an e-mail that could not be sent is tried again."""

from datetime import datetime, timedelta

# After the first try, after the second, …: after as many tries and one more it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 180, 480))
# What is told later than that is no news; somebody who restores a backup sends no old ones again.
TOO_OLD = timedelta(hours=36)
PERMANENT = 500
# A link to confirm an address.
DAYS_OF_A_LINK = 7


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries; None where it is given up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def is_too_old(not_before: datetime, now: datetime) -> bool:
    """Whether nobody needs it any more. A pause is no age: `not_before` moves on with each try."""
    return now - not_before > TOO_OLD


def is_permanent(codes: list[int]) -> bool:
    """Whether the mail server has said no for good (RFC 5321, 4.2.1): 5yz, and nothing else."""
    return bool(codes) and all(code >= PERMANENT for code in codes)
