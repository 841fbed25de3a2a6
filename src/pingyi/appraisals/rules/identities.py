"""The identities of a counted vote (rulebook §1), checked as one types and again before signing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figures:
    """The sums of a vote: people due and present, ballots issued, collected, valid and spoilt."""

    due: int
    present: int
    issued: int
    collected: int
    valid: int
    spoilt: int


@dataclass(frozen=True)
class Line:
    """The sums of one item: ballots by option, abstentions, void cells. In ballots."""

    item: str
    votes: Mapping[str, int]
    abstained: int = 0
    void: int = 0
    # Key of the member the line is about; None for the organization.
    member: int | None = None

    @property
    def total(self) -> int:
        """All ballots that say something, or nothing, about this item."""
        return sum(self.votes.values()) + self.abstained + self.void


@dataclass(frozen=True)
class Problem:
    """An identity that does not hold: its code, the figures on both sides, the line it is about."""

    code: str
    left: int
    right: int
    line: Line | None = field(default=None)


def is_void(figures: Figures) -> bool:
    """More ballots collected than issued: the whole vote is void and is held again."""
    return figures.collected > figures.issued


def problems_of(
    figures: Figures, lines: Sequence[Line], *, self_vote: bool, blank_counts: bool
) -> list[Problem]:
    """Every identity that does not hold, all at once.

    due >= present; issued >= collected; collected = valid + spoilt; for every item
    valid = grades + abstained + outside + void cells. Where nobody appraises themselves, a
    member's row may have one ballot less. Where a blank is invalid, nobody abstains.
    """
    found = []
    if figures.present > figures.due:
        found.append(Problem("present_above_due", figures.present, figures.due))
    if figures.collected > figures.issued:
        found.append(Problem("collected_above_issued", figures.collected, figures.issued))
    if figures.collected != figures.valid + figures.spoilt:
        found.append(
            Problem("collected_unlike_sum", figures.collected, figures.valid + figures.spoilt)
        )
    for line in lines:
        allowed = {figures.valid}
        if line.member is not None and not self_vote:
            allowed.add(figures.valid - 1)
        if line.total not in allowed:
            found.append(Problem("line_unlike_valid", line.total, figures.valid, line))
        if line.abstained and not blank_counts:
            found.append(Problem("blank_is_invalid", line.abstained, 0, line))
    return found
