"""Is the ledger whole, and are the rows for which it stands as its lines left them?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pingyi.core.refusals import Sentence
from pingyi.core.snapshots import snapshot
from pingyi.ledger import rules
from pingyi.ledger.doors import VOUCHED
from pingyi.ledger.enums import FaultKind, RowFaultKind
from pingyi.ledger.models import Entry, Head
from pingyi.ledger.queries.lines import Root, head_now
from pingyi.ledger.queries.rows import all_hashes
from pingyi.ledger.queries.stored import damaged_text_readable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CHUNK = 2_000
# A deed is dated when its request comes in; then it may wait for others (ADR 0016).
MAY_WAIT = timedelta(minutes=5)

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

    def add(self, seq: int) -> None:
        """One more."""
        self.count += 1
        if self.first is None:
            self.first = seq


@dataclass(frozen=True, slots=True)
class Verification:
    """What verify() found. `size` and `root_hash` are of the lines that were right.

    `rows` counts the rows that were compared: none where a line is wrong, as nothing can be said
    of them then. `backwards` are lines dated well before one above them: a clock was set back.
    """

    size: int
    root_hash: str
    fault: Fault | None
    without_body: Tally
    backwards: Tally
    rows: int = 0
    row_faults: tuple[RowFault, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong. A clock that was set back is pointed out, and no fault."""
        return self.fault is None and not self.without_body.count and not self.row_faults


def verify(*, noted: Root | None = None) -> Verification:
    """Recompute every hash from the first line on, name the first wrong one; then compare the rows.

    `noted` is a root written down elsewhere earlier, or its beginning: it finds even a history
    that was rewritten with all hashes recomputed, or cut off. Rows are compared where all lines are
    right: each row that is not as the last line about it left it is named. All of it is read as it
    stands at one moment, so that people may go on working.
    """
    with snapshot(), damaged_text_readable():
        return _verified(noted)


def _verified(noted: Root | None) -> Verification:
    reading = _Reading()
    fault = _fault_of_noted(noted, reading)
    lines = _streamed()
    while fault is None:
        try:
            line = next(lines, None)
            if line is None:
                break
            fault = reading.take(line) or _fault_of_noted(noted, reading)
        except ValueError:
            # A damaged row that cannot even be read: a moment that is none, a salt without hex.
            fault = Fault(FaultKind.LINE_CHANGED, reading.size)
    if fault is None:
        fault = _fault_of_end(head_now(), noted, reading)
    found = (reading.size, reading.root_hash, fault, reading.without_body, reading.backwards)
    if fault is not None:
        return Verification(*found)
    return Verification(*found, *_compared(reading))


class _Line(NamedTuple):
    """A line with its body as one question reads them, much faster than as two models."""

    seq: int
    kind: str
    subject: str
    body_hash: str
    actor_role: str
    at: datetime
    account: int | None
    leaf_hash: str
    root_hash: str
    salt: str | None
    content: str
    rows: str


def _streamed() -> Iterator[_Line]:
    body = ("salt", "content", "rows")
    names = [f"body__{name}" if name in body else name for name in _Line._fields]
    lines = Entry.objects.order_by("seq").values_list(*names)
    return map(_Line._make, lines.iterator(chunk_size=CHUNK))


@dataclass(slots=True)
class _Reading:
    """How far the lines were right, and what they say by there of the rows."""

    size: int = 0
    root_hash: str = rules.EMPTY_ROOT.hex()
    frontier: rules.Frontier = field(default_factory=rules.Frontier)
    without_body: Tally = field(default_factory=Tally)
    backwards: Tally = field(default_factory=Tally)
    latest: datetime | None = None
    # By table and key: hash, and the line that said so.
    said: dict[str, dict[int, tuple[str, int]]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, line: _Line) -> Fault | None:
        """What is wrong with the next line; a right one is added."""
        seq = self.size
        if line.seq != seq:
            return Fault(FaultKind.MISSING, seq)
        salt = line.salt
        if salt is not None and rules.body_hash(salt, line.content, line.rows) != line.body_hash:
            return Fault(FaultKind.BODY_CHANGED, seq)
        leaf = rules.Leaf(
            seq, line.kind, line.subject, line.body_hash, line.actor_role, line.at, line.account
        )
        leaf_hash = rules.leaf_hash(rules.leaf_bytes(leaf))
        if leaf_hash.hex() != line.leaf_hash:
            return Fault(FaultKind.LINE_CHANGED, seq)
        self.frontier.append(leaf_hash)
        if self.frontier.root().hex() != line.root_hash:
            return Fault(FaultKind.HISTORY_CHANGED, seq)
        self.size, self.root_hash = seq + 1, line.root_hash
        if salt is None:
            self.without_body.add(seq)
        elif line.rows:
            self._learn(seq, line.rows)
        if self.latest is not None and line.at < self.latest - MAY_WAIT:
            self.backwards.add(seq)
        self.latest = line.at if self.latest is None else max(self.latest, line.at)
        return None

    def _learn(self, seq: int, rows: str) -> None:
        for table, hashes in rules.rows_of(rows).items():
            said = self.said[table]
            for key, hash_ in hashes.items():
                if hash_ is None:
                    said.pop(int(key), None)
                else:
                    said[int(key)] = (hash_, seq)


def _compared(reading: _Reading) -> tuple[int, tuple[RowFault, ...]]:
    """How many rows there are, and those that are not as the lines say."""
    faults: list[RowFault] = []
    count = 0
    for table, vouched in VOUCHED.items():
        said = reading.said[table]
        for key, hash_ in all_hashes(vouched):
            count += 1
            expected, seq = said.pop(key, (None, None))
            if expected is None:
                # Whose line has lost its body cannot be told from a row that never had one.
                if not reading.without_body.count:
                    faults.append(RowFault(RowFaultKind.UNKNOWN, table, key, None))
            elif expected != hash_ or hash_ == rules.NO_FORM:
                faults.append(RowFault(RowFaultKind.CHANGED, table, key, seq))
        faults += (
            RowFault(RowFaultKind.REMOVED, table, key, seq) for key, (_hash, seq) in said.items()
        )
    return count, tuple(faults)


def _fault_of_noted(noted: Root | None, reading: _Reading) -> Fault | None:
    if noted is None or noted.size != reading.size:
        return None
    if reading.root_hash.startswith(noted.root_hash):
        return None
    return Fault(FaultKind.NOTED_ROOT_DIFFERS, noted.size)


def _fault_of_end(head: Head, noted: Root | None, reading: _Reading) -> Fault | None:
    """What is wrong after the last line: the head or a noted root knows more lines, or fewer."""
    known = max(head.size, noted.size if noted else 0)
    if known > reading.size:
        return Fault(FaultKind.MISSING, reading.size)
    if head.size < reading.size:
        return Fault(FaultKind.INSERTED, head.size)
    if [hash_.hex() for hash_ in reading.frontier.hashes] != head.frontier:
        return Fault(FaultKind.HEAD_CHANGED, reading.size)
    return None
