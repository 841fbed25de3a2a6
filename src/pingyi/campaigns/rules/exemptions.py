"""How many gaps one person may explain at once."""

EXEMPT_ALONE = 50

# Letters and digits of a reason that explains more than one gap.
LEAST_FOR_MANY = 6


def exempt_alone(alone: int | None) -> int:
    """How many one person exempts at once; `alone` is what the campaign says, if any."""
    return EXEMPT_ALONE if alone is None else alone


def needs_second(count: int, alone: int | None) -> bool:
    """Whether so many at once need a second person."""
    return count > exempt_alone(alone)
