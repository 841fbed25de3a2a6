"""The order of the stages of an appraisal (N7)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A stage as the page shows it: done, next, or still to wait for `waits_for`."""

    code: str
    is_done: bool
    is_next: bool
    waits_for: str | None


def steps(order: Sequence[str], done: Collection[str]) -> list[Step]:
    """All stages in order. The next one is the first that is not done."""
    found: list[Step] = []
    first_open: str | None = None
    for code in order:
        is_done = code in done
        is_next = not is_done and first_open is None
        found.append(Step(code, is_done, is_next, None if is_done else first_open))
        if is_next:
            first_open = code
    return found


def waits_for(order: Sequence[str], done: Collection[str], stage: str) -> str | None:
    """The stage that has to be done before this one, or None where it may be recorded."""
    for code in order:
        if code == stage:
            return None
        if code not in done:
            return code
    raise ValueError(f"{stage!r} is not a stage of this campaign")
