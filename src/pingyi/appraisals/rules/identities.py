"""The identities of a counted vote (rulebook §1): one list for the page and for the signature.

The page's script (ui/assets/identities.js) evaluates the list as one types, `problems_of` before
the count is signed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from operator import eq, ge
from typing import Literal

from pingyi.core.seen import fingerprint

ABSTAINED = "abstained"
VOID = "void"

# What a vote has to say about: a member, or None for the organization, and an item.
Row = tuple[int | None, str]


@dataclass(frozen=True)
class Figures:
    """The sums of a vote: people due and present, ballots issued, collected, valid and spoilt."""

    due: int
    present: int
    issued: int
    collected: int
    valid: int
    spoilt: int


SUMS = tuple(field.name for field in fields(Figures))


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
    def row(self) -> Row:
        """What the line is about."""
        return (self.member, self.item)


@dataclass(frozen=True)
class Typed:
    """A vote as it was typed: its number, sums, lines, who signs for it, the day (ISO 8601)."""

    number: int
    figures: Figures
    lines: Sequence[Line]
    scrutineer: str
    teller: str
    counted_on: str

    @property
    def seen(self) -> str:
        """Which version it is: the same for the same figures, whoever typed them."""
        lines = sorted(self.lines, key=lambda line: (line.member or 0, line.item))
        said = [asdict(line) for line in lines]
        return fingerprint(
            [self.number, asdict(self.figures), said, self.scrutineer, self.teller, self.counted_on]
        )


@dataclass(frozen=True)
class Cell:
    """One answer of a row, in ballots: an option, `abstained` or `void`."""

    row: Row
    answer: str


Term = str | Cell  # one of SUMS, or a cell
HOLDS = {"=": eq, ">=": ge}


@dataclass(frozen=True)
class Identity:
    """Two sums that must agree; with a `slack` the left one may also be less by no more than it.

    `row` is set where the identity is about one row.
    """

    code: str
    left: tuple[Term, ...]
    operator: Literal["=", ">="]
    right: tuple[Term, ...]
    slack: int = 0
    row: Row | None = None

    def problem(self, values: Mapping[Term, int]) -> "Problem | None":
        """What is wrong with these figures; what was not counted is zero."""
        left, right = (
            sum(values.get(term, 0) for term in side) for side in (self.left, self.right)
        )
        if HOLDS[self.operator](left, right) or 0 < right - left <= self.slack:
            return None
        return Problem(self, left, right)


@dataclass(frozen=True)
class Problem:
    """An identity that does not hold, and the figures on both sides."""

    identity: Identity
    left: int
    right: int


NOT_MORE_PRESENT = Identity("present_above_due", ("due",), ">=", ("present",))
NOT_MORE_COLLECTED = Identity("collected_above_issued", ("issued",), ">=", ("collected",))
COLLECTED = Identity("collected_unlike_sum", ("collected",), "=", ("valid", "spoilt"))


def identities_of(
    rows: Iterable[Row], options: Sequence[str], *, self_vote: bool, blank_counts: bool
) -> list[Identity]:
    """Everything that has to agree in a vote on these rows and answers.

    For every row valid = grades + abstained + outside + void cells. Where nobody appraises
    themselves, a member's row may have one ballot less. Where a blank is invalid, nobody abstains.
    """
    found = [NOT_MORE_PRESENT, NOT_MORE_COLLECTED, COLLECTED]
    for row in rows:
        member, _item = row
        answers = tuple(Cell(row, answer) for answer in (*options, ABSTAINED, VOID))
        slack = 0 if member is None or self_vote else 1
        found.append(Identity("line_unlike_valid", answers, "=", ("valid",), slack, row))
        if not blank_counts:
            found.append(Identity("blank_is_invalid", (Cell(row, ABSTAINED),), "=", (), row=row))
    return found


def problems_of(
    figures: Figures, lines: Sequence[Line], *, self_vote: bool, blank_counts: bool
) -> list[Problem]:
    """Every identity of the lines that does not hold, all at once."""
    options = list(dict.fromkeys(option for line in lines for option in line.votes))
    identities = identities_of(
        [line.row for line in lines], options, self_vote=self_vote, blank_counts=blank_counts
    )
    values = _values(figures, lines)
    problems = (identity.problem(values) for identity in identities)
    return [problem for problem in problems if problem is not None]


def _values(figures: Figures, lines: Sequence[Line] = ()) -> dict[Term, int]:
    found: dict[Term, int] = {name: getattr(figures, name) for name in SUMS}
    for line in lines:
        answers = {**line.votes, ABSTAINED: line.abstained, VOID: line.void}
        found |= {Cell(line.row, answer): votes for answer, votes in answers.items()}
    return found


def is_void(figures: Figures) -> bool:
    """More ballots collected than issued: the whole vote is void and is held again."""
    return NOT_MORE_COLLECTED.problem(_values(figures)) is not None
