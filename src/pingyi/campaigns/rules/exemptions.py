"""How many gaps one person may explain at once."""

EXEMPT_ALONE = 50


def needs_second(count: int, alone: int | None) -> bool:
    """Whether so many at once need a second person; `alone` is what the campaign says, if any."""
    return count > (EXEMPT_ALONE if alone is None else alone)
