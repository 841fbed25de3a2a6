"""Reading the lines one by one, as they are stored: which are right, and what they say of rows."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from pingyi.ledger import rules
from pingyi.ledger.enums import FaultKind
from pingyi.ledger.models import Entry, Head
from pingyi.ledger.queries.faults import Fault, Tally
from pingyi.ledger.queries.lines import Root
from pingyi.ledger.queries.stored import Stored

CHUNK = 2_000
# A deed is dated when its request comes in; then it may wait for others (ADR 0016).
MAY_WAIT = timedelta(minutes=5)
# What a damaged column makes of arithmetic and JSON: a moment that is none, bytes, a salt without
# hex, brackets without end.
DAMAGED = (ValueError, TypeError, RecursionError)


class Line(NamedTuple):
    """A line with its body, each column as it is stored; whole ones are of these types."""

    seq: int
    kind: str
    subject: str
    body_hash: str
    actor_role: str
    at: str
    account: int | None
    leaf_hash: str
    root_hash: str
    salt: str | None
    content: object  # what is stored, text or not
    rows: object


def streamed() -> Iterator[Line]:
    """All lines in their order, thousands read at a time; much faster than as two models."""
    body = ("salt", "content", "rows")
    names = (f"body__{name}" if name in body else name for name in Line._fields[1:])
    stored = (Stored(name, "DateTimeField" if name == "at" else "") for name in names)
    lines = Entry.objects.order_by("seq").values_list("seq", *stored)
    return map(Line._make, lines.iterator(chunk_size=CHUNK))


class Known(NamedTuple):
    """What the head says; no size where it is damaged."""

    size: int | None
    frontier: object


def head_as_stored() -> Known:
    """The head; before the first line there is none."""
    stored = Stored("size"), Stored("frontier")
    return known(Head.objects.filter(id=1).values_list(*stored).first(), connection.vendor)


def known(found: Sequence[object] | None, vendor: str) -> Known:
    """Size and frontier of the head as such a database stores them, or as none is stored."""
    if found is None:
        return Known(0, [])
    forms = rules.FORMS[vendor]
    try:
        size, frontier = forms["BigIntegerField"](found[0]), forms["JSONField"](found[1])
    except DAMAGED:
        return Known(None, None)
    return Known(int(size), json.loads(frontier))


@dataclass(slots=True)
class Reading:
    """How far the lines were right, and what all that can be read say of the rows."""

    head: Known
    noted: Root | None
    # What the lines say of rows grows with them; where no row will be compared it is not kept.
    learns: bool = True
    # Of the lines before the first wrong one.
    size: int = 0
    root_hash: str = rules.EMPTY_ROOT.hex()
    fault: Fault | None = None
    # The place of the next line, and the tree up to there: none once a leaf is lost.
    place: int = 0
    frontier: rules.Frontier | None = field(default_factory=rules.Frontier)
    # So many lines lead to the head or to the noted root, whatever is wrong with some of them.
    proved: int = 0
    without_body: Tally = field(default_factory=Tally)
    unread: Tally = field(default_factory=Tally)
    backwards: Tally = field(default_factory=Tally)
    latest: datetime | None = None
    # The last line of which it is not known what it says of rows.
    last_gap: int = -1
    # By table and key: hash, or None once it is gone, and the line that said so.
    said: dict[str, dict[int, tuple[str | None, int]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    @property
    def unproved(self) -> Tally:
        """The lines that lead to no root that is known."""
        count = self.place - self.proved
        return Tally(count, self.proved) if count else Tally()

    def read(self, lines: Iterable[Line], vendor: str) -> None:
        """All lines, then whether head and noted root know more of them, or fewer."""
        moment_of = rules.MOMENT_OF[vendor]
        for line in lines:
            self._compare_roots()
            if line.seq < self.place:
                self._found(FaultKind.INSERTED, line.seq)
                continue
            if line.seq > self.place:
                self._miss(line.seq - self.place)
            self._take(line, _leaf_of(line, moment_of))
        self._compare_roots()
        self._end()

    def _take(self, line: Line, told: tuple[datetime, bytes] | None) -> None:
        seq = self.place
        self.place += 1
        rows = rules.rows_of("") if line.salt is None else _rows_of(line)
        if line.salt is None:
            self.without_body.add(seq)
            self.last_gap = seq
        if rows is None:
            self._unread(FaultKind.BODY_CHANGED, seq)
        elif told is None:
            self._unread(FaultKind.LINE_CHANGED, seq)
        else:
            if self.learns:
                self._learn(seq, rows)
            self._date(seq, told[0])
        self._link(line, told[1] if told else None)

    def _link(self, line: Line, leaf: bytes | None) -> None:
        """Goes on along the tree, with the leaf that is stored where the line is another."""
        try:
            leaf = leaf or bytes.fromhex(line.leaf_hash)
        except DAMAGED:
            self.frontier = None
        if self.frontier is None or leaf is None:
            return
        self.frontier.append(leaf)
        root_hash = self.frontier.root().hex()
        if root_hash != line.root_hash:
            self._found(FaultKind.HISTORY_CHANGED, line.seq)
        if self.fault is None:
            self.size, self.root_hash = self.place, root_hash

    def _learn(self, seq: int, rows: rules.RowHashes) -> None:
        for table, hashes in rows.items():
            said = self.said[table]
            for key, hash_ in hashes.items():
                said[int(key)] = hash_, seq

    def _date(self, seq: int, at: datetime) -> None:
        if self.latest is not None and at < self.latest - MAY_WAIT:
            self.backwards.add(seq)
        self.latest = at if self.latest is None else max(self.latest, at)

    def _compare_roots(self) -> None:
        """With the head and with the noted root, where they are of so many lines."""
        if self.frontier is None:
            return
        if self.head.size == self.place and self.head.frontier == [
            hash_.hex() for hash_ in self.frontier.hashes
        ]:
            self.proved = self.place
        if self.noted is None or self.noted.size != self.place:
            return
        if self.frontier.root().hex().startswith(self.noted.root_hash):
            self.proved = self.place
        else:
            # Of a history that was rewritten the head proves nothing.
            self._found(FaultKind.NOTED_ROOT_DIFFERS, self.place)
            self.proved, self.frontier = 0, None

    def _end(self) -> None:
        known = max(self.head.size or 0, self.noted.size if self.noted else 0)
        if known > self.place:
            self._miss(known - self.place)
        elif self.head.size is not None and self.head.size < self.place:
            self._found(FaultKind.INSERTED, self.head.size)
        elif self.proved < self.place:
            self._found(FaultKind.HEAD_CHANGED, self.place)

    def _miss(self, count: int) -> None:
        self._unread(FaultKind.MISSING, self.place, count)
        self.place += count
        self.frontier = None

    def _unread(self, kind: FaultKind, seq: int, count: int = 1) -> None:
        self._found(kind, seq)
        self.unread.add(seq, count)
        self.last_gap = seq + count - 1

    def _found(self, kind: FaultKind, seq: int) -> None:
        self.fault = self.fault or Fault(kind, seq)


def _leaf_of(line: Line, moment_of: Callable[[object], datetime]) -> tuple[datetime, bytes] | None:
    """Moment and leaf of a line; None where it is not the one of which its leaf was made."""
    try:
        at = moment_of(line.at)
        leaf = rules.Leaf(
            line.seq, line.kind, line.subject, line.body_hash, line.actor_role, at, line.account
        )
        leaf_hash = rules.leaf_hash(rules.leaf_bytes(leaf))
    except DAMAGED:
        return None
    return (at, leaf_hash) if leaf_hash.hex() == line.leaf_hash else None


def _rows_of(line: Line) -> rules.RowHashes | None:
    """What the body says of rows; None where it is not the one that the line was written with."""
    if not (isinstance(line.content, str) and isinstance(line.rows, str)):
        return None
    try:
        if rules.body_hash(line.salt or "", line.content, line.rows) != line.body_hash:
            return None
        return rules.rows_of(line.rows)
    except DAMAGED:
        return None
