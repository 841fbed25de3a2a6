"""How long items have been open: in bands of days, counted from the day of registration."""

from datetime import date, timedelta

# The last day of each band; whatever is older is in the last one.
ENDS = (30, 60, 90)
Span = tuple[date | None, date | None]


def bands(today: date) -> list[Span]:
    """The first and the last day of registration of each band, the youngest band first; None where
    there is no end.
    """
    edges = [today - timedelta(days=days) for days in ENDS]
    after = [day - timedelta(days=1) for day in edges]
    return [*zip(edges, [None, *after[:-1]], strict=True), (None, after[-1])]


def labels() -> list[str]:
    """What the bands are called, in days: 0-30, 31-60, and so on."""
    begins = [0, *(days + 1 for days in ENDS)]
    closed = [f"{begin}–{end}" for begin, end in zip(begins, ENDS, strict=False)]
    return [*closed, f"≥ {begins[-1]}"]
