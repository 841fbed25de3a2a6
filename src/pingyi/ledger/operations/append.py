"""Appending lines. The head row is locked, so writers stand in a queue and seq has no gaps."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import override

from pingyi.ledger import rules
from pingyi.ledger.models import Body, Entry, Head
from pingyi.ledger.queries.rows import Rows, rows_now

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did a deed: the key of the account, None for the command line, and its roles then."""

    account: int | None
    role: str


@dataclass(frozen=True, slots=True)
class Line:
    """A deed to be written down. `body` may hold days, moments, fractions and late translations.

    `rows` are all rows that the deed wrote, changed or removed, of tables for which the ledger
    stands (`doors.VOUCHED`): the line says how it left them.
    """

    kind: str
    subject: str
    body: Mapping[str, object]
    rows: Iterable[Model | Rows]
    by: Signature
    now: datetime


@dataclass(frozen=True, slots=True)
class _Written:
    """A line but for its place."""

    line: Line
    content: str
    rows: str
    salt: str


def append(
    *,
    kind: str,
    subject: str,
    body: Mapping[str, object],
    rows: Iterable[Model | Rows],
    by: Signature,
    now: datetime,
) -> int:
    """Write one line and return its seq. Must stand in the transaction of the deed (N10)."""
    return append_many([Line(kind, subject, body, rows, by, now)])[0]


def append_many(lines: Sequence[Line]) -> list[int]:
    """Write many lines in their order and return their seqs; thousands at a time are fine.

    It is the last that a deed does: its rows are read again here, as the lines vouch for them.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "a ledger line belongs to the transaction of its deed: use transaction.atomic"
        )
    if not lines:
        return []
    if (waiting := _WAITING.get()) is not None:
        waiting.extend(lines)
        return [NO_SEQ_YET] * len(lines)
    contents = _contents(lines)
    # Two writers at once: the second waits here until the first has committed.
    head, _ = Head.objects.select_for_update(no_key=True).get_or_create(id=1)
    # Read behind the head: what another deed did to the same rows is committed, or will have a line
    # of its own that comes later.
    rows = rows_now([line.rows for line in lines])
    written = [
        _Written(line, content, rules.rows_text(hashes), secrets.token_hex(rules.SALT_BYTES))
        for line, content, hashes in zip(lines, contents, rows, strict=True)
    ]
    frontier = rules.Frontier(head.size, [bytes.fromhex(hash_) for hash_ in head.frontier])
    entries = [_entry(one, frontier) for one in written]
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Body.objects.bulk_create(
        (
            Body(entry_id=entry.seq, salt=one.salt, content=one.content, rows=one.rows)
            for entry, one in zip(entries, written, strict=True)
        ),
        batch_size=BATCH,
    )
    head.size = frontier.size
    head.frontier = [hash_.hex() for hash_ in frontier.hashes]
    head.save(update_fields=["size", "frontier"])
    return [entry.seq for entry in entries]


def _contents(lines: Sequence[Line]) -> list[str]:
    # The words of a body do not depend on the language of whoever did the deed.
    with override(settings.LANGUAGE_CODE):
        return [rules.canonical_text(rules.plain(line.body, texts=(Promise,))) for line in lines]


def _entry(written: _Written, frontier: rules.Frontier) -> Entry:
    """The row of a line; its leaf is added to the frontier."""
    line = written.line
    leaf = rules.Leaf(
        seq=frontier.size,
        kind=_fitting("kind", line.kind),
        subject=_fitting("subject", line.subject),
        body_hash=rules.body_hash(written.salt, written.content, written.rows),
        actor_role=_fitting("actor_role", line.by.role),
        at=line.now,
        account=line.by.account,
    )
    leaf_hash = rules.leaf_hash(rules.leaf_bytes(leaf))
    frontier.append(leaf_hash)
    return Entry(
        seq=leaf.seq,
        kind=leaf.kind,
        subject=leaf.subject,
        body_hash=leaf.body_hash,
        actor_role=leaf.actor_role,
        account=leaf.account,
        at=leaf.at,
        leaf_hash=leaf_hash.hex(),
        root_hash=frontier.root().hex(),
    )


def _fitting(field: str, text: str) -> str:
    """The text as it will be read back: SQLite would keep one that is too long, others refuse."""
    text = str(text)
    limit: int = getattr(Entry, field).field.max_length
    if not text or len(text) > limit:
        raise ValueError(f"{field} of a ledger line must have 1 to {limit} characters: {text!r}")
    return text


# Lines that wait for the end of a deed made of several; None where nothing waits.
_WAITING: ContextVar[list[Line] | None] = ContextVar("lines that wait", default=None)
NO_SEQ_YET = -1


@contextmanager
def lines_last() -> Iterator[None]:
    """For a deed made of others: their lines are written together when all else is done.

    Whoever takes the head of the ledger lets every other writer wait. Stands within the
    transaction; of several within each other the outermost writes. What fails leaves no line.
    """
    if _WAITING.get() is not None:
        yield
        return
    lines: list[Line] = []
    token = _WAITING.set(lines)
    try:
        yield
    finally:
        _WAITING.reset(token)
    append_many(lines)
