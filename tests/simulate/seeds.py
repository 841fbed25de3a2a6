"""Seeds for development and for tests are kept apart: nothing is tuned on what judges it."""

from collections.abc import Iterable
from typing import Literal

Kind = Literal["dev", "test"]
DEVELOPMENT = range(10_000)
TEST = range(1_000_000, 2_000_000)
RANGES: dict[Kind, range] = {"dev": DEVELOPMENT, "test": TEST}


def seeds(kind: Kind, count: int, first: int = 0) -> range:
    """`count` seeds of one kind, from the `first` on; refuses more than there are."""
    every = RANGES[kind]
    chosen = every[first : first + count]
    if len(chosen) < count:
        raise ValueError(f"{kind} seeds end after {len(every)}")
    return chosen


def kind_of(seed: int) -> Kind:
    """Which kind a seed is of; refuses one of neither kind."""
    for kind, every in RANGES.items():
        if seed in every:
            return kind
    raise ValueError(f"{seed} is neither a development seed nor a test seed")


def one_kind(some: Iterable[int]) -> Kind:
    """The kind of all the seeds; refuses a mixture, so that no figure rests on both."""
    kinds = {kind_of(seed) for seed in some}
    if len(kinds) != 1:
        raise ValueError("development and test seeds are not mixed in one run")
    return kinds.pop()
