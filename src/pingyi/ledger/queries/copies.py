"""Is the ledger whole in a copy of its tables that lies outside of any database?"""

from collections.abc import Callable, Iterator, Mapping

from pingyi.ledger.models import Body, Entry, Head
from pingyi.ledger.queries.faults import Verification
from pingyi.ledger.queries.lines import Root
from pingyi.ledger.queries.reading import Line, Reading, known

Row = Mapping[str, object]
BODY = ("salt", "content", "rows")
LINE = tuple(name for name in Line._fields if name not in BODY)


def verify_copy(rows: Callable[[str], Iterator[Row]], vendor: str, *, noted: Root) -> Verification:
    """Recompute every hash of the lines, up to the root that was noted with the copy.

    `rows` gives the rows of a table in the order of their keys, as a database of this vendor stores
    them. Takes no more memory however long the ledger is: the rows for which the lines stand are
    compared in a database alone, by verify().
    """
    head = next(rows(Head._meta.db_table), None)
    stored = None if head is None else (head["size"], head["frontier"])
    reading = Reading(known(stored, vendor), noted, learns=False)
    reading.read(_lines(rows(Entry._meta.db_table), rows(Body._meta.db_table)), vendor)
    return Verification(
        reading.size,
        reading.root_hash,
        reading.fault,
        reading.without_body,
        reading.backwards,
        reading.unread,
        reading.unproved,
    )


def _lines(entries: Iterator[Row], bodies: Iterator[Row]) -> Iterator[Line]:
    """Each line with its body; both come in the order of the lines, and bodies may be missing."""
    body = next(bodies, None)
    for entry in entries:
        while body is not None and _place(body["entry_id"]) < _place(entry["seq"]):
            body = next(bodies, None)
        has_one = body is not None and body["entry_id"] == entry["seq"]
        said = body if has_one and body is not None else {}
        yield Line._make([*(entry[name] for name in LINE), *(said.get(name) for name in BODY)])


def _place(key: object) -> int:
    return key if isinstance(key, int) else -1
