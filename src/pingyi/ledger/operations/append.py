"""Appending lines. The head row is locked, so writers stand in a queue and seq has no gaps."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import override

from pingyi.ledger import rules
from pingyi.ledger.models import Body, Entry, Head

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """A deed to be written down. `body` may hold days, moments, fractions and late translations."""

    kind: str
    subject: str
    body: Mapping[str, object]
    actor_role: str
    now: datetime


def append(
    *, kind: str, subject: str, body: Mapping[str, object], actor_role: str, now: datetime
) -> int:
    """Write one line and return its seq. Must stand in the transaction of the deed (N10)."""
    return append_many([Line(kind, subject, body, actor_role, now)])[0]


def append_many(lines: Sequence[Line]) -> list[int]:
    """Write many lines in their order and return their seqs; thousands at a time are fine."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "a ledger line belongs to the transaction of its deed: use transaction.atomic"
        )
    if not lines:
        return []
    # Two writers at once: the second waits here until the first has committed.
    head, _ = Head.objects.select_for_update(no_key=True).get_or_create(id=1)
    frontier = rules.Frontier(head.size, [bytes.fromhex(hash_) for hash_ in head.frontier])
    entries: list[Entry] = []
    bodies: list[Body] = []
    # The words of a body do not depend on the language of whoever did the deed.
    with override(settings.LANGUAGE_CODE):
        for line in lines:
            entry, body = _written(line, frontier)
            entries.append(entry)
            bodies.append(body)
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Body.objects.bulk_create(bodies, batch_size=BATCH)
    head.size = frontier.size
    head.frontier = [hash_.hex() for hash_ in frontier.hashes]
    head.save(update_fields=["size", "frontier"])
    return [entry.seq for entry in entries]


def _written(line: Line, frontier: rules.Frontier) -> tuple[Entry, Body]:
    """The rows of a line; its leaf is added to the frontier."""
    content = rules.canonical_text(rules.plain(line.body, texts=(Promise,)))
    salt = secrets.token_hex(rules.SALT_BYTES)
    leaf = rules.Leaf(
        seq=frontier.size,
        kind=_fitting("kind", line.kind),
        subject=_fitting("subject", line.subject),
        body_hash=rules.body_hash(salt, content),
        actor_role=_fitting("actor_role", line.actor_role),
        at=line.now,
    )
    leaf_hash = rules.leaf_hash(rules.leaf_bytes(leaf))
    frontier.append(leaf_hash)
    entry = Entry(
        seq=leaf.seq,
        kind=leaf.kind,
        subject=leaf.subject,
        body_hash=leaf.body_hash,
        actor_role=leaf.actor_role,
        at=leaf.at,
        leaf_hash=leaf_hash.hex(),
        root_hash=frontier.root().hex(),
    )
    return entry, Body(entry_id=entry.seq, salt=salt, content=content)


def _fitting(field: str, text: str) -> str:
    """The text as it will be read back: SQLite would keep one that is too long, others refuse."""
    text = str(text)
    limit: int = getattr(Entry, field).field.max_length
    if not text or len(text) > limit:
        raise ValueError(f"{field} of a ledger line must have 1 to {limit} characters: {text!r}")
    return text
