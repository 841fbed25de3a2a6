"""Is the ledger whole, and are the rows for which it stands as its lines left them?"""

from django.db import connection

from pingyi.core.snapshots import snapshot
from pingyi.ledger import rules
from pingyi.ledger.doors import VOUCHED
from pingyi.ledger.enums import RowFaultKind
from pingyi.ledger.queries.faults import RowFault, Verification
from pingyi.ledger.queries.lines import Root
from pingyi.ledger.queries.reading import Reading, head_as_stored, streamed
from pingyi.ledger.queries.rows import all_hashes
from pingyi.ledger.queries.stored import damaged_text_readable

# What it is called where an entry that cannot be read may have done it.
MAYBE = {
    RowFaultKind.CHANGED: RowFaultKind.MAYBE_CHANGED,
    RowFaultKind.REMOVED: RowFaultKind.MAYBE_REMOVED,
    RowFaultKind.UNKNOWN: RowFaultKind.MAYBE_UNKNOWN,
}


def verify(*, noted: Root | None = None) -> Verification:
    """Recompute every hash from the first line on, name the first wrong one; compare all rows.

    `noted` is a root written down elsewhere earlier, or its beginning: it finds even a history
    that was rewritten with all hashes recomputed, or cut off. Each row that is not as the last line
    about it left it is named; of a line that is missing, wrong or without its body it is not known
    what it says of rows, and what it may have done is told apart. All of it is read as it stands at
    one moment, so that people may go on working.
    """
    with snapshot(), damaged_text_readable():
        reading = Reading(head_as_stored(), noted)
        reading.read(streamed(), connection.vendor)
        rows, row_faults = _compared(reading)
    return Verification(
        reading.size,
        reading.root_hash,
        reading.fault,
        reading.without_body,
        reading.backwards,
        reading.unread,
        reading.unproved,
        rows,
        row_faults,
    )


def _compared(reading: Reading) -> tuple[int, tuple[RowFault, ...]]:
    """How many rows there are, and those that are not as the lines say; the certain ones first."""
    certain: list[RowFault] = []
    maybe: list[RowFault] = []

    def found(kind: RowFaultKind, table: str, key: int, seq: int | None, *, never: bool) -> None:
        """`never`: no line can have left it so."""
        if never or (-1 if seq is None else seq) >= reading.last_gap:
            certain.append(RowFault(kind, table, key, seq))
        else:
            maybe.append(RowFault(MAYBE[kind], table, key, seq))

    count = 0
    for table, vouched in VOUCHED.items():
        said = reading.said[table]
        for key, hash_ in all_hashes(vouched):
            count += 1
            expected, seq = said.pop(key, (None, None))
            if expected is None or expected != hash_ or hash_ == rules.NO_FORM:
                kind = RowFaultKind.UNKNOWN if expected is None else RowFaultKind.CHANGED
                found(kind, table, key, seq, never=hash_ == rules.NO_FORM)
        for key, (expected, seq) in said.items():
            if expected is not None:
                found(RowFaultKind.REMOVED, table, key, seq, never=False)
    return count, (*certain, *maybe)
