"""What can be wrong with the ledger and with the rows for which it stands, in sentences."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pingyi.core.refusals import Sentence
from pingyi.ledger.doors import VOUCHED
from pingyi.ledger.enums import FaultKind, RowFaultKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SENTENCES: dict[FaultKind, "_StrPromise"] = {
    FaultKind.MISSING: _("Entry {seq} is missing: it was removed."),
    FaultKind.BODY_CHANGED: _("Entry {seq}: its body is not the one that was written."),
    FaultKind.LINE_CHANGED: _("Entry {seq} is not the one that was written at this place."),
    FaultKind.HISTORY_CHANGED: _(
        "Entry {seq}: the lines up to here do not lead to the root that was written with it."
    ),
    FaultKind.INSERTED: _("Entry {seq} was inserted: the head of the ledger does not know it."),
    FaultKind.HEAD_CHANGED: _("The head of the ledger does not belong to its {seq} entries."),
    FaultKind.NOTED_ROOT_DIFFERS: _(
        "The root after {seq} entries is not the one that was noted: the history was rewritten."
    ),
}
ROW_SENTENCES: dict[RowFaultKind, "_StrPromise"] = {
    RowFaultKind.CHANGED: _("{what} {key} is not as entry {seq} left it: it was changed."),
    RowFaultKind.REMOVED: _("{what} {key}, which entry {seq} left, is missing: it was removed."),
    RowFaultKind.UNKNOWN: _("{what} {key} was put in without an entry, or put back."),
    RowFaultKind.MAYBE_CHANGED: _(
        "{what} {key} is not as entry {seq} left it: it was changed, unless a later entry that "
        "cannot be read did so."
    ),
    RowFaultKind.MAYBE_REMOVED: _(
        "{what} {key}, which entry {seq} left, is missing: it was removed, unless a later entry "
        "that cannot be read did so."
    ),
    RowFaultKind.MAYBE_UNKNOWN: _(
        "{what} {key} was put in without an entry, unless one that cannot be read did so."
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first wrong line. For faults of the head or of a noted root, `seq` counts entries."""

    kind: FaultKind
    seq: int

    @property
    def sentence(self) -> Sentence:
        """What is wrong, naming the entry."""
        return format_lazy(SENTENCES[self.kind], seq=self.seq)


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that is not as the last line about it left it; `seq` is that line, if there is one."""

    kind: RowFaultKind
    table: str
    key: int
    seq: int | None

    @property
    def sentence(self) -> Sentence:
        """What is wrong, naming the row and the entry."""
        return format_lazy(
            ROW_SENTENCES[self.kind], what=VOUCHED[self.table].label, key=self.key, seq=self.seq
        )


@dataclass(slots=True)
class Tally:
    """How many lines are so, and the first of them."""

    count: int = 0
    first: int | None = None

    def add(self, seq: int, count: int = 1) -> None:
        """So many more, from this one on."""
        self.count += count
        if self.first is None:
            self.first = seq


@dataclass(frozen=True, slots=True)
class Verification:
    """What verify() found. `size` and `root_hash` are of the lines before the first wrong one.

    `rows` counts the rows that were compared. What a line without its body said of them, or one of
    `unread`, which is missing, wrong, or has a wrong body, is not known: what it may have done is
    told apart. `unproved` are lines that lead to no root that is known: rows are compared with them
    as well. `backwards` are lines dated well before one above them: a clock was set back.
    """

    size: int
    root_hash: str
    fault: Fault | None
    without_body: Tally
    backwards: Tally
    unread: Tally = field(default_factory=Tally)
    unproved: Tally = field(default_factory=Tally)
    rows: int = 0
    row_faults: tuple[RowFault, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong. A clock that was set back is pointed out, and no fault."""
        return self.fault is None and not self.without_body.count and not self.row_faults
