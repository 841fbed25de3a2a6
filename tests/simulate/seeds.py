"""Seeds for development and for tests are kept apart: nothing is tuned on what judges it."""

DEVELOPMENT = range(10_000)
TEST = range(1_000_000, 2_000_000)


def seeds(kind: str, count: int, first: int = 0) -> range:
    """`count` seeds of one kind; refuses more than there are."""
    every = {"dev": DEVELOPMENT, "test": TEST}[kind]
    chosen = every[first : first + count]
    if len(chosen) < count:
        raise ValueError(f"{kind} seeds end after {len(every)}")
    return chosen
